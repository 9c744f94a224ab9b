import { expose } from "comlink";
import { read, tiny } from "../task.js";

expose({ tiny, read });
