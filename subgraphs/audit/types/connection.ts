import { connectionType } from "../../kit/connection.js";
import { AccessRecord } from "../entities/access-record.js";

export const AccessRecordConnection = connectionType("AccessRecord", () => AccessRecord);
