//! A leaf of the decision tree put to the test.

use crate::decision::{Leaf, Race};
use crate::executors::session::Session;
use crate::ui::advice::page::race::{Explanation, RaceCard};
use std::rc::Rc;
use yew::prelude::*;

/// The race of `leaf`, where pools without a size are `workers` wide, or why there is none. `is_ready` says
/// whether it can begin now.
pub fn leaf_race(leaf: &'static Leaf, workers: u32, session: &Rc<Session>, is_ready: bool) -> Html {
    match Race::of(leaf, workers) {
        Some(Race { advised, experiment }) => html! {
            <RaceCard key={leaf.id} {advised} explanation={Explanation::Profiled} {experiment} {workers}
                session={session.clone()} is_idle={is_ready} is_part=true
                intro="The experiment of the lab is profiled for up to 1.5 seconds. Then it runs under each of \
                       its models, several times." />
        },
        None => html! {
            <p id="no-race" class="decide-soft">
                { "This advice cannot be put to the test here: a page runs on one machine." }
            </p>
        },
    }
}
