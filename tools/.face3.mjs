import { bundle } from "/work/wt-face/tools/bundleSizes.mjs"; import {gzipSync,deflateRawSync} from "node:zlib";
const {code,compressed}=await bundle("sobolStudy.ts");
const m=/[`"']([|tnrioascld.,(){}=>?:;\[\]fephmgby]{14000,})[`"']/.exec(code); console.log(compressed, code.length, "table at", m.index, m[1].length);
const rest=code.slice(0,m.index+1)+code.slice(m.index+1+m[1].length);
const g=s=>gzipSync(s,{level:9}).length;
console.log("separately", g(m[1]), g(rest), "first", g(m[1]+rest), "last", g(rest+m[1]));
