//! Reads the file that the reader brings, and tells how far that is.

use super::own::{self, Brought, Step};
use super::state::Action;
use crate::browser::files::Handed;
use crate::browser::picture::Picture;
use crate::browser::turn;
use crate::failure::Result;
use crate::workloads::answer;
use crate::workloads::own::{Media, OwnData};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::ops::Range;
use std::pin::pin;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// Reads files, one at a time.
#[derive(Clone)]
pub struct Bringer {
    cancel: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    dispatch: Callback<Action>,
}

impl PartialEq for Bringer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cancel, &other.cancel)
    }
}

impl Bringer {
    /// One that tells `dispatch`.
    pub fn new(dispatch: Callback<Action>) -> Self {
        Self { cancel: Rc::default(), dispatch }
    }

    /// Reads `file` as `media`, and whatever was being read no further.
    pub fn bring(&self, media: Media, file: Handed) {
        let (cancel, cancelled) = oneshot::channel();
        // Whoever is replaced is cancelled by that.
        *self.cancel.borrow_mut() = Some(cancel);
        let tell = self.dispatch.reform(Action::Brings);
        let (name, bytes) = (file.name(), file.bytes() as u64);
        tell.emit(Step::Began { name, bytes });
        spawn_local(async move {
            let reading = pin!(read(media, &file, &tell));
            let step = match select(cancelled, reading).await {
                Either::Left(_) => return,
                Either::Right((Ok(brought), _)) => Step::Brought(Rc::new(brought)),
                Either::Right((Err(failure), _)) => Step::Refused(failure),
            };
            tell.emit(step);
        });
    }

    /// Reads no further, as the reader wishes.
    pub fn cancel(&self) {
        self.stop();
        self.dispatch.emit(Action::Brings(Step::Cancelled));
    }

    /// Reads no further, as nobody waits for it.
    pub fn stop(&self) {
        drop(self.cancel.borrow_mut().take());
    }
}

async fn read(media: Media, file: &Handed, tell: &Callback<Step>) -> Result<Brought> {
    own::check(media, &file.name(), file.bytes() as u64)?;
    match media {
        Media::Picture { max_edge } => picture(file, max_edge).await,
        Media::Text { .. } => text(file, tell).await,
    }
}

async fn picture(file: &Handed, max_edge: u32) -> Result<Brought> {
    let name = file.name();
    let picture = Picture::decode(file).await;
    let picture = picture.ok_or_else(|| own::no_picture(&name))?;
    let (found, size) = (picture.size(), own::fit(picture.size(), max_edge));
    let bytes = Rc::new(picture.rgba(size)?);
    Ok(Brought {
        data: OwnData { name, bytes },
        sizes: size.map(u64::from).to_vec(),
        scaled_from: (size != found).then_some(found),
    })
}

async fn text(file: &Handed, tell: &Callback<Step>) -> Result<Brought> {
    let all = file.bytes() as u64;
    let mut bytes = Vec::new();
    answer::grow(&mut bytes, all as usize)?;
    for Range { start, end } in own::pieces(all) {
        file.read(start, &mut bytes[start as usize..end as usize]).await?;
        tell.emit(Step::Read(end));
        // So that the page shows it, and hears Cancel.
        turn::sleep(0).await;
    }
    let data = OwnData { name: file.name(), bytes: Rc::new(bytes) };
    Ok(Brought { data, sizes: vec![all], scaled_from: None })
}
