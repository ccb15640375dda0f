import { Fuzz } from "../fuzz/fuzz.js";
const f = await Fuzz.open();
const seed = Number(process.argv[2]);
const tamper = (d: any) => ({ ...d, judge: (a: any) => { const v = d.judge(a); console.log(a.field.coordinate, a.entityId, JSON.stringify(a.subject), v.kind); return v; } });
const o = await f.run(seed, process.argv[3] ? tamper : undefined);
console.log(o.operation.text); console.log(JSON.stringify(o.operation.variables)); console.log(o.fault);
await f.close();
