//! What the requests of a run need before they can be made, and what ends them: bodies that are
//! made or stored beforehand, addresses that are made absolute. Nothing of it is measured.

use crate::browser::capabilities::is_secure;
use crate::browser::database::Database;
use crate::browser::disk::Folder;
use crate::browser::lock::{self, Lock};
use crate::browser::service_worker::PartOfRun;
use crate::browser::{page, requests, turn};
use crate::failure::{Failure, Result, StorageFlaw, Unavailable};
use crate::measure::report::Capabilities;
use crate::models::Executor;
use crate::workloads::requests::{Answered, Preparation, Records, Requests, Store};
use crate::workloads::{Workload, urls};
use std::cell::Cell;

/// Tabs share what they store, so one at a time does.
const LOCK: &str = "concurrency-playground-storage";
/// For how long one waits for another, which may just be clearing up, in ms.
const LOCKED_FOR_MS: u32 = 5_000;

/// What one run's requests need. When it is dropped, what was stored is removed, and what is
/// still under way is ended.
#[derive(Default)]
pub struct RequestFixtures {
    /// Where each request is answered, if it does not know that itself.
    addresses: Vec<String>,
    /// The run as the service worker knows it, where that answers.
    run: Option<PartOfRun>,
    /// Pools that were given requests so far.
    pools: Cell<u32>,
    _stored: Option<Stored>,
}

impl RequestFixtures {
    /// Prepares everything that the requests of `workload` need.
    ///
    /// # Errors
    /// `Unavailable` where nothing can be stored here, or another tab stores something;
    /// `InvalidInput` for an address that is none.
    pub async fn of(workload: &Workload, capabilities: &Capabilities) -> Result<Self> {
        let Some(requests) = workload.requests() else { return Ok(Self::default()) };
        let answers =
            capabilities.browser.service_worker.is_available() && !asks_this_machine(requests);
        let run = answers.then(PartOfRun::whole);
        let (addresses, stored) = match requests.preparation() {
            None => (Vec::new(), None),
            Some(Preparation::Make { count, bytes, seed }) => {
                if let Some(run) = &run {
                    requests::make_bodies(run.name(), count, bytes, seed).await;
                }
                (Vec::new(), None)
            }
            Some(Preparation::Resolve(urls)) => {
                let whole = urls.iter().map(|url| page::whole_address(urls::KEY, url));
                (whole.collect::<Result<_>>()?, None)
            }
            Some(Preparation::Store(store, records)) => {
                let (stored, addresses) = Stored::write(store, records).await?;
                (addresses, Some(stored))
            }
        };
        Ok(Self { addresses, run, pools: Cell::new(0), _stored: stored })
    }

    /// What the page itself is to run for `workload`, for which this was seen to. It ends its
    /// requests one by one.
    pub fn for_page(&self, workload: &Workload) -> Workload {
        self.supplied(workload, self.run.as_ref())
    }

    /// What a pool of workers is to run for `workload`.
    pub fn for_pool(&self, workload: &Workload) -> PoolWork {
        let pool = self.pools.replace(self.pools.get() + 1);
        let part = self.run.as_ref().map(|run| PartOfRun::of_pool(run.name(), pool));
        PoolWork { workload: self.supplied(workload, part.as_ref()), requests: part }
    }

    /// What the stages of a pipeline are to run for `workload`, whose requests the page's event loop or
    /// a pool's threads make.
    pub fn for_stages(&self, executor: &Executor, workload: &Workload) -> PoolWork {
        match executor.io_threads() {
            0 => PoolWork { workload: self.for_page(workload), requests: None },
            _ => self.for_pool(workload),
        }
    }

    fn supplied(&self, workload: &Workload, part: Option<&PartOfRun>) -> Workload {
        let run = part.map_or_else(String::new, |part| part.name().to_owned());
        workload.clone().answered(Answered { addresses: self.addresses.clone(), run })
    }
}

/// What a pool of workers runs.
pub struct PoolWork {
    /// The workload, which knows where its requests go.
    pub workload: Workload,
    /// Ends all of its requests when it is dropped: a worker that is ended cannot.
    pub requests: Option<PartOfRun>,
}

/// Whether a page from elsewhere asks this very machine. A browser may want to ask the reader
/// first, which it does for pages and not for service workers.
fn asks_this_machine(requests: &Requests) -> bool {
    let is_here = urls::is_of_this_machine;
    !is_here(&page::base()) && requests.urls().iter().any(|url| is_here(url))
}

/// Where something is stored.
enum Storage {
    Disk(Folder),
    Database(Database),
}

impl Storage {
    async fn open(store: Store) -> Result<Self, StorageFlaw> {
        Ok(match store {
            Store::Disk => Self::Disk(Folder::open().await?),
            Store::Database => Self::Database(Database::open().await?),
        })
    }

    /// Stores the records, and returns the address of each.
    async fn write(&mut self, records: &Records) -> Result<Vec<String>, StorageFlaw> {
        let name = records.name();
        let batches = records.batches().map(|batch| batch.map(|at| records.body(at)));
        match self {
            Self::Disk(folder) => {
                let pieces = batches.map(|batch| batch.flatten().collect());
                folder.write(&name, pieces, records.count, records.bytes).await?;
                Ok(folder.addresses())
            }
            Self::Database(database) => {
                database.write(&name, batches.map(Iterator::collect)).await?;
                Ok((0..records.count).map(|at| format!("io/database/{name}?i={at}")).collect())
            }
        }
    }

    async fn clear(&self) {
        match self {
            Self::Disk(folder) => folder.remove().await,
            Self::Database(database) => database.remove().await,
        }
    }
}

/// What is stored for one run, removed when dropped.
struct Stored(Option<(Storage, Lock)>);

impl Stored {
    async fn write(store: Store, records: &Records) -> Result<(Self, Vec<String>)> {
        if !is_secure() {
            return Err(Unavailable::StorageNeedsHttps.into());
        }
        let lock = lock::hold(LOCK, LOCKED_FOR_MS).await.map_err(not_locked)?;
        let storage = Storage::open(store).await.map_err(forbidden)?;
        // From here on whatever fails, or is cancelled, leaves nothing behind.
        let mut stored = Self(Some((storage, lock)));
        let addresses = match &mut stored.0 {
            Some((storage, _)) => storage.write(records).await.map_err(forbidden)?,
            None => Vec::new(),
        };
        Ok((stored, addresses))
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        if let Some((storage, lock)) = self.0.take() {
            turn::do_by_itself(async move {
                storage.clear().await;
                // Only now may another store something.
                drop(lock);
            });
        }
    }
}

/// Why the lock was not granted: another tab has it, unless there are no locks.
fn not_locked(flaw: StorageFlaw) -> Failure {
    match flaw {
        StorageFlaw::NoLocks => forbidden(flaw),
        _ => Unavailable::StorageInUse { flaw }.into(),
    }
}

fn forbidden(flaw: StorageFlaw) -> Failure {
    Unavailable::StorageForbidden { flaw }.into()
}
