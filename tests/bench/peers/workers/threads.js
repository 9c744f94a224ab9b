import { expose } from "threads/worker";
import { read, tiny } from "../task.js";

expose({ tiny, read });
