import "./thereIsNoSuchFile.mjs";
