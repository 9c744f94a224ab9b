//! Programs that leave the page: by the clipboard, or as files.

use crate::browser::{clipboard, download};
use crate::ui::code::request::{CodeRequest, Outcome};
use yew::platform::spawn_local;

/// Copies a program, or offers it as a file, and tells whoever asked what became of it.
pub fn program(request: CodeRequest) {
    let CodeRequest { text, file_name, element, on_done } = request;
    if let Some(name) = file_name {
        let offered = download::offer(&name, "text/plain", text.as_bytes());
        on_done.emit(offered.map_or_else(Outcome::Failed, |()| Outcome::Downloaded));
        return;
    }
    spawn_local(async move {
        if clipboard::copy(&text).await {
            on_done.emit(Outcome::Copied);
        } else {
            clipboard::select(&element);
            on_done.emit(Outcome::Selected);
        }
    });
}
