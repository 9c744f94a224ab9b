//! Where the reader brings a file of their own: a button that is also a place to drop it.

use crate::ui::lab::own::{FileLoading, LoadedFile, accepted, wanted};
use crate::ui::lab::page::file_loader::FileLoader;
use crate::workloads::own::Media;
use std::rc::Rc;
use yew::prelude::*;

/// See [`OwnFile`].
#[derive(PartialEq, Properties)]
pub struct OwnFileProps {
    /// What kind of file is wanted.
    pub media: Media,
    /// The file that is there.
    pub own: Option<Rc<LoadedFile>>,
    /// The progress of loading one.
    pub file_loading: FileLoading,
    /// What is wrong without one.
    pub missing: Option<String>,
    /// Whether none may be brought now.
    pub disabled: bool,
    /// Who reads it.
    pub file_loader: FileLoader,
}

/// The place for a file.
#[component]
pub fn OwnFile(props: &OwnFileProps) -> Html {
    let OwnFileProps { media, own, file_loading, missing, disabled, file_loader } = props;
    // While one is read another may take its place: to switch the field off would take the
    // focus from it.
    let (media, disabled) = (*media, *disabled);
    let over = use_state_eq(|| false);
    let onchange = {
        let file_loader = file_loader.clone();
        Callback::from(move |event: Event| {
            file_loader.chosen(media, &event);
        })
    };
    let ondrop = {
        let (file_loader, over) = (file_loader.clone(), over.clone());
        Callback::from(move |event: DragEvent| {
            over.set(false);
            event.prevent_default();
            // The page would take it for a report.
            event.stop_propagation();
            if !disabled {
                file_loader.dropped(media, &event);
            }
        })
    };
    let drags = |is_over: bool| {
        let over = over.setter();
        Callback::from(move |_: DragEvent| over.set(is_over))
    };
    let invite = match own {
        Some(own) => own.line(),
        None => format!("Choose {}, or drop it here", wanted(media)),
    };
    html! {
        <div class="own-file">
            <label class={classes!("drop", (*over && !disabled).then_some("over"), disabled.then_some("off"))}
                {ondrop} ondragenter={drags(true)} ondragleave={drags(false)}>
                <span class="drop-name">{ invite }</span>
                if own.is_some() {
                    <span class="help">{ "Choose or drop another" }</span>
                }
                <input type="file" id="own-file" accept={accepted(media)} {disabled} {onchange}
                    aria-describedby="own-stays own-said" />
            </label>
            if let Some(warning) = own.as_ref().and_then(|own| own.warning()) {
                <p class="error" id="own-altered" role="status">{ warning }</p>
            }
            if let FileLoading::Reading { name, bytes: [read, all] } = file_loading {
                <div class="reading">
                    <progress id="own-progress" max={all.to_string()} value={read.to_string()}
                        aria-label={format!("Reading {name}")}></progress>
                    <button type="button" class="button quiet" id="own-cancel"
                        onclick={let file_loader = file_loader.clone(); move |_: MouseEvent| file_loader.cancel()}>
                        { "Cancel" }
                    </button>
                </div>
            }
            <p class="help" id="own-stays">{ "Your file stays on this machine: nothing is uploaded." }</p>
            <p id="own-said" class={if matches!(file_loading, FileLoading::Refused(_)) { "error" } else { "help" }} role="status">
                { match (file_loading, missing) {
                    (FileLoading::Refused(failure), _) => failure.message(),
                    (FileLoading::Idle, Some(missing)) => missing.clone(),
                    _ => String::new(),
                } }
            </p>
        </div>
    }
}
