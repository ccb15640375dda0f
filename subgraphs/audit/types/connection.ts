import { connectionType } from "../../kit/connection.js";
import { AccessRecord } from "../entities/access-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";

export const AccessRecordConnection = connectionType("AccessRecord", () => AccessRecord);
export const WarrantRecordConnection = connectionType("WarrantRecord", () => WarrantRecord);
