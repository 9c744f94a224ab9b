//! Delays starting and ending workers until the browser can do it safely: see
//! [`crate::protocol::places`].

use super::clock::BrowserClock;
use super::turn;
use crate::measure::Clock;
use crate::protocol::places::{Places, WorkerNews};
use gloo_events::EventListener;
use std::cell::{OnceCell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, Worker};

/// On which the pages of this site tell one another.
const CHANNEL: &str = "concurrency-playground-workers";
/// How often to look whether workers may end, in ms.
const LOOK_MS: u32 = 50;
/// After this time, in ms, other pages have heard what one said.
const HEARD_MS: u32 = 30;

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
    /// Workers that are to end as soon as they may.
    static DUE: RefCell<Vec<Worker>> = RefCell::default();
    static OTHERS: OnceCell<Option<Others>> = const { OnceCell::new() };
}

/// The other pages of this site.
struct Others {
    channel: BroadcastChannel,
    /// This page, among them.
    name: String,
    _listener: EventListener,
}

impl Others {
    fn open() -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let listener = EventListener::new(&channel, "message", |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            let text = text.unwrap_or_default();
            if let Some((word, page)) = text.split_once(' ')
                && let Some(said) = WorkerNews::from_word(word)
            {
                PLACES.with_borrow_mut(|places| places.hear(page, said, BrowserClock.now_ms()));
            }
        });
        let name = format!("{}-{}", BrowserClock.now_ms(), js_sys::Math::random());
        Some(Self { channel, name, _listener: listener })
    }

    fn tell(said: WorkerNews) {
        OTHERS.with(|others| {
            if let Some(others) = others.get_or_init(Self::open) {
                // Whoever cannot be told cannot be waited for either.
                let _ =
                    others.channel.post_message(&format!("{} {}", said.word(), others.name).into());
            }
        });
    }
}

/// Keeps other pages, and this one, from ending workers until dropped.
pub struct Reserved(());

impl Reserved {
    fn now() -> Self {
        ask(1);
        Self(())
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        settle(1);
    }
}

/// Comes once all places that can be free are, and will not become free by a worker that ends.
pub async fn reserved() -> Reserved {
    loop {
        while DUE.with_borrow(|due| !due.is_empty()) {
            turn::sleep(LOOK_MS).await;
        }
        turn::sleep(free_in_ms()).await;
        let reserved = Reserved::now();
        // What another page said just before it heard of this may still be on its way.
        turn::sleep(HEARD_MS).await;
        if free_in_ms() == 0 {
            return reserved;
        }
    }
}

fn free_in_ms() -> u32 {
    PLACES.with_borrow(|places| places.free_in_ms(BrowserClock.now_ms())).ceil() as u32
}

/// So many workers are asked for.
pub fn ask(workers: u32) {
    if let Some(said) = PLACES.with_borrow_mut(|places| places.ask(workers)) {
        Others::tell(said);
    }
}

/// So many of them have begun, or are not wanted any more.
pub fn settle(workers: u32) {
    if let Some(said) = PLACES.with_borrow_mut(|places| places.settle(workers)) {
        Others::tell(said);
    }
}

/// Ends a worker that has begun, now or as soon as no other waits for its place.
pub fn end(worker: &Worker) {
    if may_end() && DUE.with_borrow(Vec::is_empty) {
        return end_now(worker);
    }
    let is_first = DUE.with_borrow_mut(|due| {
        due.push(worker.clone());
        due.len() == 1
    });
    if is_first {
        turn::do_by_itself(async {
            while !may_end() {
                turn::sleep(LOOK_MS).await;
            }
            DUE.take().iter().for_each(end_now);
        });
    }
}

fn may_end() -> bool {
    PLACES.with_borrow(|places| places.may_end(BrowserClock.now_ms()))
}

fn end_now(worker: &Worker) {
    worker.terminate();
    Others::tell(PLACES.with_borrow_mut(|places| places.end(BrowserClock.now_ms())));
}
