//! Advice for scripts. No part of a first visit, though what a script calls directly is.

use super::asked_advice::{AskedAdvice, Subject};
use crate::advice::advise;
use crate::browser::{deferred, script};
use crate::executors::session::{Cancelled, Session};
use crate::failure::{ProfileProblem, Result};
use js_sys::Promise;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The advice that a script asks for, as plain objects; `ready` settles once it is known what can run.
///
/// # Errors
/// `InvalidInput` that names the key; as [`Session::profile`].
// Boxed, as its caller is part of a first visit.
#[inline(never)]
pub fn recommend(
    session: Rc<Session>,
    ready: Promise,
    asked: JsValue,
    options: JsValue,
) -> Pin<Box<dyn Future<Output = Result<JsValue>>>> {
    Box::pin(async move {
        deferred::load().await;
        let options = script::RunOptions::read(&options)?;
        let text = script::to_json(&asked, "recommend")?;
        let machine = session.capabilities().machine;
        let asked = AskedAdvice::from_json(&text, machine.hardware_concurrency)?;
        let AskedAdvice { lens, subject } = asked;
        let (evidence, costs) = match subject {
            Subject::OwnWork(evidence) => (*evidence, None),
            Subject::Workload(workload) => {
                script::settled(&ready).await;
                let cancelled: Cancelled = Box::pin(options.cancelled());
                let profile = session.profile(&workload, None, cancelled).await?;
                (profile.evidence, Some(profile.costs))
            }
        };
        let step_us = machine.clock_resolution_us;
        let advice = advise(lens, evidence, costs).ok_or(ProfileProblem::TooShort { step_us })?;
        script::from_json(&advice.to_json())
    })
}
