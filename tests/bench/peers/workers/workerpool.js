import workerpool from "workerpool";
import { read, tiny } from "../task.js";

workerpool.worker({ tiny, read });
