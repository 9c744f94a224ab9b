//! What a run's requests need before they can be made: answers that are stored
//! beforehand, addresses that are made absolute. Nothing of it is measured.

use crate::browser::database::Database;
use crate::browser::disk::Folder;
use crate::browser::lock::{self, Lock};
use crate::browser::{page, turn};
use crate::failure::{Failure, FailureKind, Result};
use crate::workloads::requests::{Errand, Records, Requests, Store};
use crate::workloads::{Workload, urls};

/// Tabs share what they store, so one at a time does.
const LOCK: &str = "concurrency-playground-storage";
/// For how long one waits for another, which may just be clearing up, in ms.
const LOCKED_FOR_MS: u32 = 5_000;

/// What was seen to for one run. What was stored is removed when it is dropped.
pub struct Supplies {
    /// The workload that knows where its requests are answered, where they are the page's
    /// to place.
    workload: Option<Workload>,
    _stored: Option<Stored>,
}

impl Supplies {
    /// Sees to all that `workload` needs.
    ///
    /// # Errors
    /// `Unavailable` where nothing can be stored here, or another tab stores something;
    /// `InvalidInput` for an address that is none.
    pub async fn of(workload: &Workload) -> Result<Self> {
        let Some(errand) = workload.requests().and_then(Requests::errand) else {
            return Ok(Self { workload: None, _stored: None });
        };
        let (addresses, stored) = match errand {
            Errand::Resolve(urls) => {
                let whole = urls.iter().map(|url| page::whole_address(urls::KEY, url));
                (whole.collect::<Result<_>>()?, None)
            }
            Errand::Store(store, records) => {
                let (stored, addresses) = Stored::write(store, records).await?;
                (addresses, Some(stored))
            }
        };
        let workload = Some(workload.clone().answered_at(addresses));
        Ok(Self { workload, _stored: stored })
    }

    /// What to run for `workload`, for which this was seen to.
    pub fn supplied<'a>(&'a self, workload: &'a Workload) -> &'a Workload {
        self.workload.as_ref().unwrap_or(workload)
    }
}

/// Where something is stored.
enum Shelf {
    Disk(Folder),
    Database(Database),
}

impl Shelf {
    async fn open(store: Store) -> Result<Self, String> {
        Ok(match store {
            Store::Disk => Self::Disk(Folder::open().await?),
            Store::Database => Self::Database(Database::open().await?),
        })
    }

    /// Stores the records; where each is to be had.
    async fn write(&mut self, records: &Records) -> Result<Vec<String>, String> {
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
struct Stored(Option<(Shelf, Lock)>);

impl Stored {
    async fn write(store: Store, records: &Records) -> Result<(Self, Vec<String>)> {
        let lock = lock::hold(LOCK, LOCKED_FOR_MS).await.map_err(in_use)?;
        let shelf = Shelf::open(store).await.map_err(forbidden)?;
        // From here on whatever fails, or is cancelled, leaves nothing behind.
        let mut stored = Self(Some((shelf, lock)));
        let addresses = match &mut stored.0 {
            Some((shelf, _)) => shelf.write(records).await.map_err(forbidden)?,
            None => Vec::new(),
        };
        Ok((stored, addresses))
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        if let Some((shelf, lock)) = self.0.take() {
            turn::do_by_itself(async move {
                shelf.clear().await;
                // Only now may another store something.
                drop(lock);
            });
        }
    }
}

fn in_use(what: String) -> Failure {
    let message = format!(
        "This browser's storage is not to be had now ({what}). If another tab runs requests of \
         this kind, wait for it; else choose another kind."
    );
    Failure::new(FailureKind::Unavailable, message)
}

fn forbidden(what: String) -> Failure {
    let message = format!(
        "Nothing can be stored here beforehand ({what}). Open the page in a tab of its own, in a \
         window that is not private, or choose another kind of requests."
    );
    Failure::new(FailureKind::Unavailable, message)
}
