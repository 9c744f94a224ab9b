//! What the page and a coordinator whose threads are stages of a pipeline tell each other.

use serde::{Deserialize, Serialize};

/// Which stages of a pipeline the threads of a pool are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagePlan {
    /// How many of them wait for requests; 0 where the page does.
    pub io_threads: u32,
    /// How many of them compute; 0 where processes do.
    pub cpu_threads: u32,
    /// Most items in the queue; `None` where computing begins after the last request.
    pub queue_max: Option<u32>,
}

/// What goes from stage to stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The task.
    pub task: u32,
    /// The answer of its request; empty where it has none.
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
}

/// From the page to a coordinator. Each is answered once it is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StageRequest {
    /// Start the threads.
    Begin(StagePlan),
    /// Put an item into the queue, as soon as there is room.
    Put(Item),
    /// Take an item from the queue, as soon as there is one.
    Take,
    /// Wait for the threads: the page puts nothing in any more.
    End,
}

/// From a coordinator to the page. All times are in ms by its clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StageReply {
    /// The threads are at their stages.
    Begun,
    /// The item is in the queue.
    Put {
        /// When the message with it was picked up.
        received_ms: f64,
        /// When there was room for it.
        put_ms: f64,
    },
    /// An item that was in the queue.
    Taken {
        /// When it was there.
        taken_ms: f64,
        /// It; `None` after the last.
        item: Option<Item>,
    },
    /// All threads are done, and the answer is whole where they computed it.
    Ended,
}
