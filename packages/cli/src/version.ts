/** The version of this package. It is code and not read from package.json, so that a bundle of the command knows it too. */
export const version = "0.1.0";
