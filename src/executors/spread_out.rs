//! Getting the workers of a pool onto cores of their own before anything is measured.

use super::run::Pool;
use crate::failure::Result;
use crate::models::Executor;
use crate::workloads::mix::Mix;

/// What a busy task computes, in units of `custom`: about 5 ms. Linux looks for idle cores every few ms.
const BUSY_UNITS: u64 = 1_000;
/// Turns.
const TURNS: u32 = 12;

/// So many tasks that compute for about as long as a system takes to spread them.
pub fn busy(tasks: u64) -> Mix {
    Mix { compute_units: BUSY_UNITS, ..Mix::empty(tasks) }
}

/// Has the workers of `pool` compute together for a while.
///
/// A system may keep the workers of a new pool on one core until they were busy together for some ms, and wakes
/// each where it last ran. Jobs of less than that, one after another without a pause, would all run on
/// one core with one pool, and on several with the next.
///
/// # Errors
/// What the pool fails with.
pub async fn spread_out(pool: &mut dyn Pool, executor: &Executor) -> Result<()> {
    // Under the GIL they do not compute together.
    if executor.workers() > 1 && !executor.computes_under_gil() {
        pool.prepare(&busy(executor.workers().into()).workload()?).await?;
        pool.sample(TURNS).await?;
    }
    Ok(())
}
