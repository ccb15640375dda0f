import { connectionType } from "../../kit/connection.js";
import { Case } from "../entities/case.js";
import { Obligation } from "../entities/obligation.js";
import { Warrant } from "../entities/warrant.js";
import { WarrantItem } from "../entities/warrant-item.js";

export const CaseConnection = connectionType("Case", () => Case);
export const WarrantConnection = connectionType("Warrant", () => Warrant);
export const WarrantItemConnection = connectionType("WarrantItem", () => WarrantItem);
export const ObligationConnection = connectionType("Obligation", () => Obligation);
