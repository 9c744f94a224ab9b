//! Cards that measure something by themselves, and what runs and cancels that.

pub mod scaling_card;
pub mod sharing_card;
pub mod start_up_card;
pub mod study_controls;
