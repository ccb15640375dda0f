import { Fuzz } from "../fuzz/fuzz.js";
const f = await Fuzz.open(); console.log(f.generate(Number(process.argv[2])).operation.text); await f.close();
