//! The experiments that show what sharing costs, one after the other.

use crate::browser::clock::BrowserClock;
use crate::browser::{page, turn};
use crate::executors::session::Asker;
use crate::failure::{Failure, FailureKind};
use crate::measure::Clock;
use crate::measure::sharing::{self, StudyStep, Way};
use crate::ui::lab::run::runner::{RENDERED_MS, Runner};
use crate::ui::lab::sharing::Event;
use crate::ui::lab::state::Action;
use futures_channel::oneshot;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

impl Runner {
    /// Measures what sharing costs in these ways, and dispatches what becomes of it.
    pub fn share(&self, ways: &[Way], dispatch: Callback<Action>) {
        let (cancel, cancelled) = oneshot::channel();
        *self.cancel.borrow_mut() = Some(cancel);
        self.began_ms.set(BrowserClock.now_ms());
        let tell = dispatch.reform(Action::Sharing);
        let steps = sharing::steps(ways);
        tell.emit(Event::Began(steps.as_ref().map_or(0, Vec::len)));
        let runner = self.clone();
        spawn_local(async move {
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("cancel-sharing");
            let ended = match steps {
                Ok(steps) => runner.measure_all(steps, cancelled, &tell).await,
                Err(failure) => Err(failure),
            };
            dispatch.emit(Action::Probed(runner.session.capabilities()));
            tell.emit(Event::Ended(ended.err()));
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("run-sharing");
        });
    }

    /// Runs one experiment after the other. One that fails leaves the others running.
    ///
    /// # Errors
    /// `Cancelled`, and `Unavailable` where something else runs.
    async fn measure_all(
        &self,
        steps: Vec<StudyStep>,
        mut cancelled: oneshot::Receiver<()>,
        tell: &Callback<Event>,
    ) -> Result<(), Failure> {
        for (number, step) in steps.into_iter().enumerate() {
            let step = Rc::new(step);
            let asker = self.asker_of(&step, number, &mut cancelled, tell);
            let report = match self.session.run(&step.experiment, asker).await {
                Ok(finished) => Ok(Rc::new(finished.report)),
                Err(failure) => match failure.kind {
                    FailureKind::Cancelled | FailureKind::Unavailable => return Err(failure),
                    _ => Err(failure),
                },
            };
            tell.emit(Event::Measured(step, report));
        }
        Ok(())
    }

    fn asker_of<'a>(
        &self,
        step: &Rc<StudyStep>,
        number: usize,
        cancelled: &'a mut oneshot::Receiver<()>,
        tell: &Callback<Event>,
    ) -> Asker<'a> {
        let (step, told) = (step.clone(), tell.clone());
        Asker {
            own: None,
            tell: Box::new(move |now| told.emit(Event::progress(&step, number, &now))),
            go_on: self.asks_to_go_on(),
            before: None,
            enough: Rc::default(),
            cancelled: Box::pin(async {
                let _ = cancelled.await;
            }),
        }
    }
}
