import "./poolifier/window.js";
import { ThreadWorker } from "poolifier-web-worker";
import { read, tiny } from "../task.js";

export default new ThreadWorker({ tiny, read: ({ bytes, step }) => read(bytes, step) });
