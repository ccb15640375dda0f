import { connectionType } from "../../kit/connection.js";
import { IpAddress } from "../entities/ip-address.js";
import { Message } from "../entities/message.js";
import { Post } from "../entities/post.js";
import { Session } from "../entities/session.js";
import { User } from "../entities/user.js";

export const UserConnection = connectionType("User", () => User);
export const PostConnection = connectionType("Post", () => Post);
export const IpAddressConnection = connectionType("IpAddress", () => IpAddress);
export const SessionConnection = connectionType("Session", () => Session);
export const MessageConnection = connectionType("Message", () => Message);
