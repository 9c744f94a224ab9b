//! Records in IndexedDB. The page writes and removes them; they are read through the service
//! worker, like a database server: IndexedDB answers only by events, which a blocked thread cannot
//! receive.

use super::{error, turn};
use crate::failure::StorageFlaw;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_events::EventListener;
use js_sys::Uint8Array;
use std::pin::pin;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, EventTarget, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransactionMode,
};

/// The database's name, as in `www/sw.js`.
const NAME: &str = "concurrency-playground";
/// How long to wait until others have closed a database that is to be removed, in ms.
const REMOVED_WITHIN_MS: u32 = 2_000;
/// How long to wait until the database is open, in ms. Usually a moment, but an old database must
/// be removed first, which others may hold up.
const OPENED_WITHIN_MS: u32 = 10_000;

/// The database.
pub struct Database(IdbFactory);

impl Database {
    /// An empty one, whatever was left in it.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn open() -> Result<Self, StorageFlaw> {
        let window = web_sys::window().ok_or(StorageFlaw::NoDatabase)?;
        let factory = window.indexed_db().map_err(thrown)?;
        let database = Self(factory.ok_or(StorageFlaw::NoDatabase)?);
        database.remove().await;
        Ok(database)
    }

    /// Stores the records of `batches`, which are numbered from 0 on, under `name`.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn write(
        &self,
        name: &str,
        batches: impl Iterator<Item = Vec<Vec<u8>>>,
    ) -> Result<(), StorageFlaw> {
        let connection = self.connect(name).await?;
        connection.write_all(name, batches).await
    }

    /// Makes the database, with a table `name`, within a bounded time.
    async fn connect(&self, name: &str) -> Result<Connection, StorageFlaw> {
        let request = self.0.open_with_u32(NAME, 1).map_err(thrown)?;
        let (upgraded, named) = (request.clone(), name.to_owned());
        let on_upgrade = Closure::once_into_js(move || {
            let database = upgraded.result().map(JsCast::unchecked_into::<IdbDatabase>);
            // Without the table, storing the first record fails and says so.
            let _ = database.map(|database| database.create_object_store(&named).is_ok());
        });
        let (tell, told) = oneshot::channel();
        let ended = request.clone();
        // It is heard even where nobody waits any more: then nobody takes what was opened,
        // and it is dropped and so closed here.
        let on_end = Closure::once_into_js(move || {
            let _ = tell.send(Connection::of(&ended));
        });
        request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
        request.set_onsuccess(Some(on_end.unchecked_ref()));
        request.set_onerror(Some(on_end.unchecked_ref()));
        match select(told, pin!(turn::sleep(OPENED_WITHIN_MS))).await {
            Either::Left((connection, _)) => connection.unwrap_or(Err(StorageFlaw::NoReason)),
            Either::Right(_) => Err(StorageFlaw::OpenElsewhere),
        }
    }

    /// Removes the database.
    pub async fn remove(&self) {
        // Refused only where there is no storage, and nothing is stored there.
        if let Ok(request) = self.0.delete_database(NAME) {
            let removed = pin!(settled(&request, "success", "error"));
            select(removed, pin!(turn::sleep(REMOVED_WITHIN_MS))).await;
        }
    }
}

/// An open database, closed when dropped: one that is open cannot be removed.
struct Connection(IdbDatabase);

impl Connection {
    /// What came of a request to open one.
    fn of(ended: &IdbOpenDbRequest) -> Result<Self, StorageFlaw> {
        match ended.error() {
            Ok(Some(error)) => Err(refused(&error)),
            _ => ended.result().map(|it| Self(it.unchecked_into())).map_err(thrown),
        }
    }

    async fn write_all(
        &self,
        name: &str,
        batches: impl Iterator<Item = Vec<Vec<u8>>>,
    ) -> Result<(), StorageFlaw> {
        let mut key = 0_u32;
        for batch in batches {
            let mode = IdbTransactionMode::Readwrite;
            let transaction = self.0.transaction_with_str_and_mode(name, mode).map_err(thrown)?;
            let store = transaction.object_store(name).map_err(thrown)?;
            for record in batch {
                let record = Uint8Array::from(record.as_slice());
                store.put_with_key(&record, &key.into()).map_err(thrown)?;
                key += 1;
            }
            settled(&transaction, "complete", "abort").await.map_err(|()| {
                transaction.error().as_ref().map_or(StorageFlaw::NoReason, refused)
            })?;
        }
        Ok(())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits for one of two events.
async fn settled(target: &EventTarget, good: &'static str, bad: &'static str) -> Result<(), ()> {
    let on = |name: &'static str| {
        let (tell, told) = oneshot::channel();
        let listener = EventListener::once(target, name, move |_| {
            // Whoever waited may be gone.
            let _ = tell.send(());
        });
        (listener, told)
    };
    let ((_good, good), (_bad, bad)) = (on(good), on(bad));
    match select(good, bad).await {
        Either::Left(_) => Ok(()),
        Either::Right(_) => Err(()),
    }
}

fn thrown(error: JsValue) -> StorageFlaw {
    StorageFlaw::Thrown { said: error::message(&error).into() }
}

fn refused(error: &DomException) -> StorageFlaw {
    StorageFlaw::Thrown { said: error.message().into() }
}
