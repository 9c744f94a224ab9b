//! Twenty calls, one after another or all at once, told as they happen: what the first page shows.
//! Nothing is computed, so the page may draw meanwhile.

use super::request_fixtures::RequestFixtures;
use crate::browser::clock::BrowserClock;
use crate::browser::requests;
use crate::failure::{Failure, Result};
use crate::measure::Clock;
use crate::measure::report::Capabilities;
use crate::workloads::Workload;
use crate::workloads::request::Request;
use futures_util::future::try_join_all;

/// Whether calls wait for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOrder {
    /// Each begins once the one before it has its answer.
    OneAfterAnother,
    /// All begin at once.
    AtOnce,
}

/// A call began or was answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallEvent {
    /// Which call, counted from 0.
    pub call: usize,
    /// Whether it was answered.
    pub is_answered: bool,
    /// When, in ms after the first began.
    pub at_ms: f64,
}

/// Makes the requests of `workload` in `order`, and tells when each begins and is answered. Gives
/// how long all of them took, in ms.
///
/// # Errors
/// As [`RequestFixtures::of`] and [`requests::wait`].
pub async fn make_calls(
    workload: &Workload,
    capabilities: &Capabilities,
    order: CallOrder,
    tell: impl Fn(CallEvent),
) -> Result<f64> {
    let fixtures = RequestFixtures::of(workload, capabilities).await?;
    let workload = fixtures.for_page(workload);
    let work = workload.work();
    let requests = (0..work.task_count()).filter_map(|task| work.request(task));
    let clock = BrowserClock;
    let began_ms = clock.now_ms();
    let tell = &tell;
    let make = |(call, request): (usize, Request)| async move {
        let note = |is_answered| {
            tell(CallEvent { call, is_answered, at_ms: clock.now_ms() - began_ms });
        };
        note(false);
        requests::wait(&request).await?;
        note(true);
        Ok::<(), Failure>(())
    };
    match order {
        CallOrder::OneAfterAnother => {
            for request in requests.enumerate() {
                make(request).await?;
            }
        }
        CallOrder::AtOnce => {
            try_join_all(requests.enumerate().map(make)).await?;
        }
    }
    Ok(clock.now_ms() - began_ms)
}
