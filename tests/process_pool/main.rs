//! A process pool's state machine.

mod cancelling;
mod initializer;
mod losing_workers;
mod options;
mod races;
mod resizing;
mod shutdown;
mod simulation;
mod starting;
mod submitting;
mod table;
mod time_limits;
