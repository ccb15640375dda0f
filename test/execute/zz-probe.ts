import { openDoorWorld } from "./fixtures/door-world.js";
const world = await openDoorWorld();
for (const q of process.argv.slice(2)) {
  console.log(">>", q);
  const { data, errors, withheld, door, calls } = await world.ask(q);
  console.log(JSON.stringify(data)); console.log(JSON.stringify(errors)); console.log(JSON.stringify(withheld.map(w=>w.paths))); console.log(door.events.join(" | ")); for (const s of door.sent) console.log(s.query, JSON.stringify(s.variables)); for (const c of calls) console.log(c.half, c.query);
}
await world.close();
