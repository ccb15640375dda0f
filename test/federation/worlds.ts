import type { World } from "./kit/world.js";
import { hiddenValues, mismatchedFields, mismatchedKeys } from "./worlds/abstract-values.js";
import { conditions, lists } from "./worlds/conditions.js";
import { hiddenTypes } from "./worlds/hidden-types.js";
import { interfaceObject } from "./worlds/interface-object.js";
import { interfaceObjectComputed } from "./worlds/interface-object-computed.js";
import { interfaceObjectRoots } from "./worlds/interface-object-roots.js";
import { interfaceOfEntities, relayNode, unions } from "./worlds/interfaces.js";
import { chainOfKeys, compositeKey, nestedKey, stubs } from "./worlds/keys.js";
import { lostKeys } from "./worlds/lost-keys.js";
import { mutations } from "./worlds/mutations.js";
import { interfaceWithoutTypes, partialUnions } from "./worlds/partial-unions.js";
import { provides, providesAbstract } from "./worlds/provides.js";
import { providesInterface } from "./worlds/provides-interface.js";
import { requiresAbstract, requiresArguments, requiresChain, requiresNested } from "./worlds/requires.js";
import { enumsAndInputs, inaccessible, renamedRoots } from "./worlds/schema-words.js";
import { federation1, override, shareable } from "./worlds/sharing.js";
import { requiresByInterface, widerTypes } from "./worlds/wider-types.js";

/** Every world, each showing one feature of Federation. */
export const worlds: readonly World[] = [
  ...[compositeKey, nestedKey, chainOfKeys, lostKeys, stubs],
  ...[requiresNested, requiresArguments, requiresChain, requiresAbstract, requiresByInterface],
  ...[provides, providesAbstract, providesInterface, shareable, override, federation1],
  ...[interfaceOfEntities, unions, relayNode, interfaceObject, interfaceObjectComputed],
  ...[enumsAndInputs, inaccessible, renamedRoots, conditions, lists, mutations],
  ...[mismatchedKeys, mismatchedFields, hiddenValues, interfaceObjectRoots],
  ...[partialUnions, interfaceWithoutTypes, widerTypes, hiddenTypes],
];
