//! Reads the file that the reader brings, and tells how far that is.

use crate::browser::files::ReaderFile;
use crate::browser::picture::{self, Picture};
use crate::browser::turn;
use crate::failure::Result;
use crate::ui::lab::own::{self, Decoded, Decoder, Drawing, FileDetails, FileStep, LoadedFile};
use crate::ui::lab::state::Action;
use crate::workloads::answer;
use crate::workloads::own::{Media, OwnData};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::ops::Range;
use std::pin::pin;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::{Callback, DragEvent, Event};

/// Reads files, one at a time.
#[derive(Clone)]
pub struct FileLoader {
    cancel: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    dispatch: Callback<Action>,
}

impl PartialEq for FileLoader {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cancel, &other.cancel)
    }
}

impl FileLoader {
    /// One that tells `dispatch`.
    pub fn new(dispatch: Callback<Action>) -> Self {
        Self { cancel: Rc::default(), dispatch }
    }

    /// Reads the file that was chosen in a field.
    pub fn chosen(&self, media: Media, event: &Event) {
        if let Some(file) = ReaderFile::chosen(event) {
            self.load(media, file);
        }
    }

    /// Reads the file that was dropped.
    pub fn dropped(&self, media: Media, event: &DragEvent) {
        if let Some(file) = ReaderFile::dropped(event) {
            self.load(media, file);
        }
    }

    /// Reads `file` as `media`, and whatever was being read no further.
    fn load(&self, media: Media, file: ReaderFile) {
        let (cancel, cancelled) = oneshot::channel();
        // Whoever is replaced is cancelled by that.
        *self.cancel.borrow_mut() = Some(cancel);
        let tell = self.dispatch.reform(Action::File);
        let (name, bytes) = (file.name(), file.bytes() as u64);
        tell.emit(FileStep::Began { name, bytes });
        spawn_local(async move {
            let reading = async {
                let brought = read(media, &file, &tell).await;
                brought.map_err(|failure| own::about(&file.name(), failure))
            };
            let reading = pin!(reading);
            let step = match select(cancelled, reading).await {
                Either::Left(_) => return,
                Either::Right((Ok(brought), _)) => FileStep::Loaded(Rc::new(brought)),
                Either::Right((Err(failure), _)) => FileStep::Refused(failure),
            };
            tell.emit(step);
        });
    }

    /// Reads no further, as the reader wishes.
    pub fn cancel(&self) {
        self.stop();
        self.dispatch.emit(Action::File(FileStep::Cancelled));
    }

    /// Reads no further, as nobody waits for it.
    pub fn stop(&self) {
        drop(self.cancel.borrow_mut().take());
    }
}

async fn read(media: Media, file: &ReaderFile, tell: &Callback<FileStep>) -> Result<LoadedFile> {
    own::check(media, &file.name(), file.bytes() as u64)?;
    match media {
        Media::Picture { max_edge } => picture(file, max_edge).await,
        Media::Text { max_bytes } => text(file, max_bytes, tell).await,
    }
}

async fn picture(file: &ReaderFile, max_edge: u32) -> Result<LoadedFile> {
    let (found, size, bytes) = match Picture::decode(file).await {
        Some(picture) => {
            let size = own::fit(picture.size(), max_edge);
            (picture.size(), size, picture.rgba(size)?)
        }
        None => drawing(file, max_edge).await?.ok_or_else(|| own::no_picture(&file.name()))?,
    };
    let scaled_from = (size != found).then_some(found);
    Ok(LoadedFile {
        data: OwnData { name: file.name(), bytes: Rc::new(bytes) },
        sizes: size.map(u64::from).to_vec(),
        taken: FileDetails::Picture { scaled_from, altered: !picture::is_read_as_drawn() },
    })
}

/// A drawing in SVG: its own size, the one at which it is drawn, and its RGBA bytes; `None`
/// where it is none.
async fn drawing(
    file: &ReaderFile,
    max_edge: u32,
) -> Result<Option<([u32; 2], [u32; 2], Vec<u8>)>> {
    let all = file.bytes() as u64;
    if all > own::MAX_DRAWING_BYTES {
        return Ok(None);
    }
    let name = file.name();
    let mut bytes = answer::reserve(all as usize)?;
    bytes.resize(all as usize, 0);
    file.read(0, &mut bytes).await?;
    let mut decoder = Decoder::new(&name, all, own::MAX_DRAWING_BYTES)?;
    // What is no text is no drawing.
    let Ok(text) = decoder.push(&bytes).and_then(|()| decoder.finish()) else { return Ok(None) };
    let Ok(svg) = String::from_utf8(text.bytes) else { return Ok(None) };
    let Some(drawing) = Drawing::of(&svg) else { return Ok(None) };
    let found = drawing.size(&name)?;
    let size = own::fit(found, max_edge);
    let drawn = picture::draw_svg(&drawing.sized(found, size), size).await?;
    Ok(drawn.map(|bytes| (found, size, bytes)))
}

async fn text(file: &ReaderFile, max_bytes: u64, tell: &Callback<FileStep>) -> Result<LoadedFile> {
    let (name, all) = (file.name(), file.bytes() as u64);
    let mut decoder = Decoder::new(&name, all, max_bytes)?;
    let mut piece = Vec::new();
    for Range { start, end } in own::pieces(all) {
        piece.resize((end - start) as usize, 0);
        file.read(start, &mut piece).await?;
        decoder.push(&piece)?;
        tell.emit(FileStep::Read(end));
        // So that the page shows it, and hears Cancel.
        turn::sleep(0).await;
    }
    let Decoded { bytes, encoding, broken } = decoder.finish()?;
    let sizes = vec![bytes.len() as u64];
    let data = OwnData { name: file.name(), bytes: Rc::new(bytes) };
    Ok(LoadedFile { data, sizes, taken: FileDetails::Text { encoding, broken } })
}
