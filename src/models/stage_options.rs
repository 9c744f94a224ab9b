//! The options of a pipeline's stages, but for the size of its pool.

use super::choices::{CpuStage, IoStage};
use super::option::{MAX_WORKERS, MIN_WORKERS, OptionSpec, OptionType, OptionValue};

/// Most items in a queue between two stages.
const MAX_QUEUE: u32 = 1024;

/// Who computes in the second stage of a pipeline.
pub const CPU_STAGE: OptionSpec = OptionSpec {
    name: "cpuStage",
    title: "CPU stage",
    accepts: OptionType::Choice(CpuStage::WORDS),
    help: "What computes on the answers: processes, or threads without a GIL.",
    needs: None,
    short: "{} compute",
    get: |options| OptionValue::Word(options.cpu_stage.id()),
    set: |options, value| options.cpu_stage = options.cpu_stage.or(value.word()),
};

/// Who waits in the first stage of a pipeline.
pub const IO_STAGE: OptionSpec = OptionSpec {
    name: "ioStage",
    title: "I/O stage",
    accepts: OptionType::Choice(IoStage::WORDS),
    help: "What waits for the requests: an event loop, or threads that block.",
    needs: None,
    short: "{} wait",
    get: |options| OptionValue::Word(options.io_stage.id()),
    set: |options, value| options.io_stage = options.io_stage.or(value.word()),
};

/// How many requests the first stage of a pipeline waits for at a time.
pub const IO_WORKERS: OptionSpec = OptionSpec {
    name: "ioWorkers",
    title: "Requests at a time",
    accepts: OptionType::Integer { min: MIN_WORKERS, max: MAX_WORKERS },
    help: "How many requests the first stage waits for at a time: coroutines of the event loop, \
           or threads.",
    needs: None,
    short: "{} requests at a time",
    get: |options| OptionValue::Number(options.io_workers),
    set: |options, value| options.io_workers = value.number().unwrap_or(options.io_workers),
};

/// Whether items flow from stage to stage as they arrive.
pub const STREAMING: OptionSpec = OptionSpec {
    name: "streaming",
    title: "Stages",
    accepts: OptionType::Flag { off: "one after the other", on: "streaming" },
    help: "Whether computing starts with the first answer or after the last.",
    needs: None,
    short: "{}",
    get: |options| OptionValue::Flag(options.streaming),
    set: |options, value| options.streaming = value.flag().unwrap_or(options.streaming),
};

/// Most items between the two stages.
pub const QUEUE_MAX: OptionSpec = OptionSpec {
    name: "queueMax",
    title: "Queue",
    accepts: OptionType::Integer { min: 1, max: MAX_QUEUE },
    help: "How many answers the queue holds. While it is full, the first stage waits: \
           backpressure.",
    needs: Some(&STREAMING),
    short: "queue of {}",
    get: |options| OptionValue::Number(options.queue_max),
    set: |options, value| options.queue_max = value.number().unwrap_or(options.queue_max),
};
