//! A coordinator with its threads, started: what every model has whose workers share a memory.

use super::client::Client;
use super::start_watch::Patience;
use super::timeouts::{NotStarted, Tries};
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::places::{self, Reserved};
use crate::browser::worker::{Boot, Watch};
use crate::failure::Result;
use crate::measure::{Clock, ClockCheck};

/// A coordinator and its threads. Dropping it ends them.
pub struct StartedPool {
    /// The coordinator.
    pub coordinator: Client,
    /// How the coordinator's clock compares with the page's. The other threads are of the
    /// same process and began when it did: they share its check.
    pub clock: Option<ClockCheck>,
    /// How long that took, in ms.
    pub startup_ms: f64,
    /// Whether the first start got stuck.
    pub started_again: bool,
}

impl StartedPool {
    /// Starts `threads` threads, the coordinator among them, and waits until all are there. One that
    /// ends without a word is noticed.
    ///
    /// # Errors
    /// `WorkerLost` where one does not start, `TimedOut` where nothing is heard.
    pub async fn start(threads: u32, module: &ComputeModule, clock: BrowserClock) -> Result<Self> {
        let mut tries = Tries::of(threads);
        let (coordinator, started_ms) = loop {
            let reserved = places::reserved().await;
            let started_ms = clock.now_ms();
            match Self::try_start(threads, module, &tries, reserved).await {
                Ok(coordinator) => break (coordinator, started_ms),
                Err(why) => tries.again(why)?,
            }
        };
        let check = coordinator.compare_clocks().await?;
        let startup_ms = clock.now_ms() - started_ms;
        let started_again = tries.is_second();
        Ok(Self { coordinator, clock: check, startup_ms, started_again })
    }

    async fn try_start(
        threads: u32,
        module: &ComputeModule,
        tries: &Tries,
        reserved: Reserved,
    ) -> Result<Client, NotStarted> {
        let boot = Boot { module: Some(module), memory: None, threads, watch: Watch::AtStart };
        let coordinator = Client::start(&boot, tries.patience(Patience::Short))?;
        drop(reserved);
        coordinator.ready().await?;
        Ok(coordinator)
    }
}
