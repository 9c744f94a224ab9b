//! A process pool's state machine.

mod races;
mod simulation;
mod starting;
