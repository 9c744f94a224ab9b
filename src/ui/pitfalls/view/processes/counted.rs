//! The table of counters in two processes and on the page.

use crate::pitfalls::programs::processes::counting::{Counted, Way};
use crate::wording::grouped;
use yew::prelude::*;

/// A row for each process, and one for the page.
pub fn table(counted: &Counted) -> Html {
    let number = |value: u32| html! { <td>{ grouped(value.into()) }</td> };
    let process = |(at, (tasks, global)): (usize, (&u32, &u32))| {
        html! {
            <tr data-process={(at + 1).to_string()}>
                <th scope="row">{ format!("Process {}", at + 1) }</th>
                { number(*tasks) }
                { number(*global) }
            </tr>
        }
    };
    let place = match counted.way {
        Way::Globals => "Count (the page's global)",
        Way::Results => "Count (from the results)",
        Way::SharedMemory => "Count (in shared memory)",
    };
    html! {
        <table class="counted">
            <thead><tr>
                <th scope="col">{ "Where" }</th>
                <th scope="col">{ "Tasks" }</th>
                <th scope="col">{ "Its global" }</th>
            </tr></thead>
            <tbody>
                { for counted.tasks.iter().zip(&counted.globals).enumerate().map(process) }
                <tr data-process="page">
                    <th scope="row">{ "Page" }</th>
                    { number(0) }
                    { number(counted.page_global) }
                </tr>
                <tr data-process="count">
                    <th scope="row">{ place }</th>
                    <td>{ grouped(counted.count.into()) }</td>
                    <td></td>
                </tr>
            </tbody>
        </table>
    }
}
