//! Filling in one's own work from what a profiler or `time` says.

use crate::browser::files::ReaderFile;
use crate::exchange::profiles::{self, TimeSpent};
use crate::failure::Result;
use crate::measure::format;
use crate::wording::counted;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// See [`ProfileFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProfileFileProps {
    /// Among how many tasks the time is shared out; `None` while nobody knows.
    pub tasks: Option<u64>,
    /// Told what was read.
    pub on_spent: Callback<TimeSpent>,
}

/// What came of reading.
#[derive(Clone, PartialEq)]
enum Came {
    Nothing,
    Read(String),
    Refused(String),
}

/// The place for a profile: a file, or a text that is pasted.
#[component]
pub fn ProfileFile(props: &ProfileFileProps) -> Html {
    let came = use_state_eq(|| Came::Nothing);
    let tell = {
        let (came, props) = (came.clone(), props.clone());
        move |name: &str, read: Result<TimeSpent>| match read {
            Ok(spent) => match props.tasks {
                Some(tasks) => {
                    came.set(Came::Read(sentence(&spent, tasks)));
                    props.on_spent.emit(spent);
                }
                None => came.set(Came::Refused("Type the number of tasks first.".to_owned())),
            },
            Err(failure) => {
                came.set(Came::Refused(format!("{name}: {}", failure.problem.message())));
            }
        }
    };
    let on_file = {
        let tell = tell.clone();
        Callback::from(move |event: Event| {
            let Some(file) = ReaderFile::chosen(&event) else { return };
            let tell = tell.clone();
            yew::platform::spawn_local(async move { tell(&file.name(), read(&file).await) });
        })
    };
    let on_text = {
        let came = came.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            match text.trim().is_empty() {
                true => came.set(Came::Nothing),
                false => tell("The text", profiles::read(&text)),
            }
        })
    };
    html! {
        <details id="from-profile">
            <summary>{ "Fill in from a profile" }</summary>
            <p class="help" id="help-profile">
                { "Choose or paste what " }<code>{ "python -m cProfile" }</code>{ " or " }<code>{ "time" }</code>
                { " printed, or what " }<code>{ "py-spy record --idle --format speedscope" }</code>
                { " wrote. It stays on your device. Type the number of tasks first: the time is shared out \
                   among them." }
            </p>
            <label class="button quiet file">
                { "Choose a file…" }
                <input type="file" id="profile-file" accept=".json,.txt,text/plain,application/json"
                    onchange={on_file} aria-describedby="help-profile" />
            </label>
            <textarea id="profile-text" rows="4" spellcheck="false" aria-label="Profile, as text"
                aria-describedby="help-profile" oninput={on_text} />
            { match &*came {
                Came::Nothing => html! {},
                Came::Read(said) => html! { <p class="help" id="profile-read" role="status">{ said }</p> },
                Came::Refused(why) => html! { <p class="error" id="profile-refused" role="alert">{ why }</p> },
            } }
        </details>
    }
}

async fn read(file: &ReaderFile) -> Result<TimeSpent> {
    profiles::check_size(file.bytes())?;
    profiles::read(&file.text().await?)
}

fn sentence(spent: &TimeSpent, tasks: u64) -> String {
    format!(
        "{}: {} of computing and at least {} of waiting, shared out among {}. Waiting for threads and processes of \
         its own is left out.",
        spent.source.title(),
        format::duration(spent.computing_ms),
        format::duration(spent.waiting_ms),
        counted(tasks, "task")
    )
}
