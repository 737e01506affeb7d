import { bundle, programs } from "/work/wt-face/tools/bundleSizes.mjs";
const only = process.argv.slice(2);
for (const p of programs) { if (only.length && !only.some(o=>p.file.startsWith(o))) continue; const b = await bundle(p.file); console.log(p.file, b.minified, b.compressed, "limit", p.limit*1000, "over", b.compressed-p.limit*1000); if (only.length===1) console.log(b.modules.join("\n")); }
