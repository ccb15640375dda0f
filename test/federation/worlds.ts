import type { World } from "./kit/world.js";
import { hiddenValues, mismatchedFields, mismatchedKeys } from "./worlds/abstract-values.js";
import { conditions, lists } from "./worlds/conditions.js";
import { interfaceObject } from "./worlds/interface-object.js";
import { interfaceObjectComputed } from "./worlds/interface-object-computed.js";
import { interfaceObjectRoots } from "./worlds/interface-object-roots.js";
import { interfaceOfEntities, relayNode, unions } from "./worlds/interfaces.js";
import { chainOfKeys, compositeKey, nestedKey, stubs } from "./worlds/keys.js";
import { mutations } from "./worlds/mutations.js";
import { provides, providesAbstract } from "./worlds/provides.js";
import { requiresAbstract, requiresArguments, requiresChain, requiresNested } from "./worlds/requires.js";
import { enumsAndInputs, inaccessible, renamedRoots } from "./worlds/schema-words.js";
import { federation1, override, shareable } from "./worlds/sharing.js";

/** Every world, each showing one feature of Federation. */
export const worlds: readonly World[] = [
  ...[compositeKey, nestedKey, chainOfKeys, stubs],
  ...[requiresNested, requiresArguments, requiresChain, requiresAbstract],
  ...[provides, providesAbstract, shareable, override, federation1],
  ...[interfaceOfEntities, unions, relayNode, interfaceObject, interfaceObjectComputed],
  ...[enumsAndInputs, inaccessible, renamedRoots, conditions, lists, mutations],
  ...[mismatchedKeys, mismatchedFields, hiddenValues, interfaceObjectRoots],
];
