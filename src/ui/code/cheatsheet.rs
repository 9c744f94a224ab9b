//! `#/cheatsheet`: when to use which model, and a program for each.

use super::card::CodeCard;
use super::choice::{GROUPS, Group, of_group};
use crate::experiment::Experiment;
use crate::ui::decide::words::words;
use std::rc::Rc;
use yew::prelude::*;

/// See [`CheatsheetPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct CheatsheetProps {
    /// The experiment whose parameters the programs have.
    pub experiment: Rc<Experiment>,
    /// How wide a pool is that the experiment does not have.
    pub workers: u32,
}

/// The page of the cheatsheet.
#[component]
pub fn CheatsheetPage(props: &CheatsheetProps) -> Html {
    let title = props.experiment.workload.id().title();
    let part = |group: &'static Group| {
        html! {
            <CheatsheetPart key={group.id} {group} experiment={props.experiment.clone()}
                workers={props.workers} />
        }
    };
    html! {
        <div class="cheatsheet">
            <h1>{ "Cheatsheet" }</h1>
            <p>
                { "One line and one program for each model. The programs compute what the lab does \
                   now: " }
                <strong id="cheatsheet-workload">{ title }</strong>
                { ", with your parameters, and print the same digest. Change them in " }
                <a href="#/lab">{ "the lab" }</a>{ ". Not sure which model? " }
                <a href="#/decide">{ "Answer up to four questions" }</a>{ "." }
            </p>
            { for GROUPS.iter().map(part) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PartProps {
    group: &'static Group,
    experiment: Rc<Experiment>,
    workers: u32,
}

/// A model's line, and its programs, which are made once they are opened.
#[component]
fn CheatsheetPart(props: &PartProps) -> Html {
    let is_open = use_state_eq(|| false);
    let PartProps { group, experiment, workers } = props;
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let program = is_open.then(|| {
        let (workload, why, choices) = of_group(group, experiment, *workers);
        let instead = workload.id().title();
        html! {
            <div id={format!("cheatsheet-{}-programs", group.id)}>
                if let Some(why) = why {
                    <p class="help">{ format!("{why} This is the workload “{instead}”, with its defaults.") }</p>
                }
                <CodeCard id={group.id} {workload} {choices} />
            </div>
        }
    });
    let titles: Vec<_> = group.flavours.iter().map(|flavour| flavour.title()).collect();
    html! {
        <section class={classes!("card", "cheatsheet-part", group.class)}
            aria-labelledby={format!("cheatsheet-{}", group.id)}>
            <h2 id={format!("cheatsheet-{}", group.id)}>
                <span class={classes!("chip", group.class)} aria-hidden="true"></span>{ group.title }
            </h2>
            <p>{ words(group.when) }</p>
            <button type="button" class="button quiet" id={format!("cheatsheet-{}-open", group.id)}
                aria-expanded={is_open.to_string()} {onclick}>
                { if *is_open { "Hide the programs" } else { "Show the programs" } }
            </button>
            if !*is_open {
                <span class="help cheatsheet-list">{ titles.join(" · ") }</span>
            }
            { program }
        </section>
    }
}
