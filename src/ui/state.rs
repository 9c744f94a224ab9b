//! The page's state and everything that can happen to it.

use super::charts::comparison::Comparison;
use super::charts::sketch::Sketch;
use super::form::{Errors, Form, Model};
use super::own::{self, Bringing, Brought, Step as FileStep};
use super::route::Route;
use super::sharing::{self, Sharing};
use super::theme::Theme;
use crate::exchange::history::Entry;
use crate::executors::run::{Finished, Progress};
use crate::experiment::executor::OptionSpec;
use crate::experiment::{self, ExecutorKind, Experiment, link};
use crate::failure::{Failure, FailureKind};
use crate::measure::prediction::{self, Judgement, Prediction};
use crate::measure::report::{Capabilities, ModelScaling, Report};
use crate::measure::waterfall::Step;
use crate::workloads::own::OwnData;
use crate::workloads::params::Place;
use crate::workloads::{Workload, WorkloadId};
use std::rc::Rc;

/// What the lab is at.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Activity {
    /// Nothing runs.
    #[default]
    Idle,
    /// A run is under way.
    Running {
        /// What runs.
        experiment: Rc<Experiment>,
        /// How far it is; nothing yet at the very beginning.
        progress: Option<Progress>,
    },
    /// The reader has cancelled, and the run is ending.
    Cancelling {
        /// What was run.
        experiment: Rc<Experiment>,
    },
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Results {
    /// Which run of the page it was: tells two with the same figures apart.
    pub number: u32,
    /// What was run.
    pub experiment: Rc<Experiment>,
    /// What came out.
    pub finished: Finished,
    /// What the reader had predicted.
    pub prediction: Option<Prediction>,
    /// The data of the reader's own that it was run with.
    pub own: Option<OwnData>,
    /// Whether it was opened rather than run just now.
    pub is_opened: bool,
}

impl Results {
    /// A report without the run that it came of, as the page's `number`-th.
    pub fn opened(number: u32, report: Report) -> Self {
        let experiment = Rc::new(report.experiment.clone());
        let merged = vec![None; report.results.len()];
        let finished = Finished { report, merged };
        Self { number, experiment, finished, prediction: None, own: None, is_opened: true }
    }

    /// Where and when it was run, if it was not just now.
    pub fn origin(&self) -> Option<String> {
        let environment = &self.finished.report.environment;
        let when = minute(&environment.started_at);
        let cores = super::charts::cores(environment.capabilities.hardware_concurrency);
        self.is_opened.then(|| format!("Opened, not run just now: a run of {when}, with {cores}."))
    }

    /// How long its blocks took, in s.
    pub fn seconds(&self) -> f64 {
        let report = &self.finished.report;
        let sample_ms = report.results.iter().filter_map(|one| {
            Some(one.summary.as_ref()?.median_ms * f64::from(one.samples.last()?.computations))
        });
        sample_ms.sum::<f64>() * report.order.len() as f64 / 1000.0
    }

    /// How the run's pools scale, where it had them at several widths.
    pub fn scaling(&self) -> Option<&ModelScaling> {
        self.finished.report.scaling.first()
    }

    /// What became of the prediction, if there was one and it can be told.
    pub fn judgement(&self) -> Option<Judgement> {
        let report = &self.finished.report;
        if !report.measuring.conclusive {
            return None;
        }
        Some(match self.prediction.as_ref()? {
            Prediction::Winner(kind) => {
                prediction::judge_winner(*kind, &report.ranking, &report.results)
            }
            Prediction::Curve(predicted) => {
                let cores = report.environment.capabilities.effective_cores;
                prediction::judge_curve(predicted, &self.scaling()?.scaling, cores)
            }
        })
    }
}

impl PartialEq for Results {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// The page's state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The page that is shown.
    pub route: Route,
    /// Whether the lab stands alone in a frame.
    pub embedded: bool,
    /// Light, dark, or the system's.
    pub theme: Theme,
    /// What this browser can do.
    pub capabilities: Capabilities,
    /// The experiment, as it stands in the form.
    pub form: Form,
    /// The file that the reader brought for the form's workload.
    pub own: Option<Rc<Brought>>,
    /// How far bringing one is.
    pub bringing: Bringing,
    /// What the lab is at.
    pub activity: Activity,
    /// The last run's results.
    pub results: Option<Rc<Results>>,
    /// Why the last run came to nothing.
    pub failure: Option<Failure>,
    /// What was refused of the link that led here.
    pub refused: Vec<Failure>,
    /// The model whose timeline is shown, as an index into the results.
    pub shown: usize,
    /// The step of the waterfall whose spans are lit up in the timeline.
    pub lit: Option<Step>,
    /// Whether the picture's tiles are coloured by the worker that computed them.
    pub by_worker: bool,
    /// Whether "More" has been opened to show what is wrong in it; it is not closed
    /// again under the hand that mends it.
    pub more_open: bool,
    /// Which model the reader predicted to be fastest; see [`State::guessed`].
    guess: Option<ExecutorKind>,
    /// The model whose scaling is to be measured.
    pub scaled: ExecutorKind,
    /// The speedups that the reader predicts for it.
    pub sketch: Option<Rc<Sketch>>,
    /// The run that the next is compared with.
    pub pinned: Option<Rc<Results>>,
    /// What is shown beside the run that is pinned.
    pub comparison: Option<Rc<Comparison>>,
    /// The runs that are kept, the newest first.
    pub history: Rc<[Entry]>,
    /// What sharing costs, as far as that was measured.
    pub sharing: Sharing,
    /// Why a file was not opened, or not saved.
    file_failure: Option<Failure>,
    /// Runs so far, those that were opened included.
    runs: u32,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Action {
    /// The reader went to another address.
    Went(Route),
    /// The browser has told all it can do.
    Probed(Capabilities),
    /// The reader chose a theme.
    Themed(Theme),
    /// The reader chose a workload.
    ChoseWorkload(WorkloadId),
    /// The reader typed a parameter.
    TypedParam(&'static str, String),
    /// The reader chose one of the workload's presets, by its place in their list.
    ChosePreset(usize),
    /// A file of the reader's own got further on its way.
    Brings(FileStep),
    /// The reader chose a model, or no longer.
    ChoseModel(usize, bool),
    /// The reader typed the size of a model's pool.
    TypedWorkers(usize, String),
    /// The reader typed or chose another option of a model.
    SetOption(usize, &'static OptionSpec, String),
    /// The reader typed the number of rounds.
    TypedRepeats(String),
    /// A run began.
    Began(Rc<Experiment>),
    /// A run got further.
    Progressed(Progress),
    /// The reader cancelled the run.
    Cancelled,
    /// The run came to an end.
    Ended(Result<Rc<Results>, Failure>),
    /// The reader chose the model whose timeline is shown.
    Showed(usize),
    /// The reader chose a step of the waterfall, or no longer.
    Lit(Option<Step>),
    /// The reader switched what the picture's colours mean.
    ColouredByWorker(bool),
    /// The reader predicted the fastest model, or no longer.
    Guessed(Option<ExecutorKind>),
    /// The reader chose the model whose scaling is to be measured.
    Scaled(ExecutorKind),
    /// The reader drew the speedups that they predict.
    Sketched(Sketch),
    /// Something happened to the card that shows what sharing costs.
    Sharing(sharing::Event),
    /// The reader pinned the run that is shown, or no longer.
    Pinned(bool),
    /// The history of runs changed.
    Shelved(Rc<[Entry]>),
    /// The reader opened a report.
    Opened(Box<Report>),
    /// A report could not be opened, or a file not saved.
    FileFailed(Failure),
}

impl State {
    /// The page as it opens. `search` and `hash` are the two parts of its address
    /// that may say what to run; the latter wins.
    pub fn new(capabilities: Capabilities, search: &str, hash: &str, theme: Theme) -> Option<Self> {
        let workers = capabilities.default_workers();
        let experiment = Experiment::default_for(WorkloadId::Mandelbrot, workers).ok()?;
        let mut state = Self {
            route: Route::parse(hash),
            embedded: super::route::is_embedded(search),
            theme,
            form: Form::of(&experiment, workers),
            capabilities,
            own: None,
            bringing: Bringing::Idle,
            activity: Activity::Idle,
            results: None,
            failure: None,
            refused: Vec::new(),
            shown: 0,
            lit: None,
            guess: None,
            scaled: ExecutorKind::Threads,
            sketch: None,
            pinned: None,
            comparison: None,
            history: Rc::default(),
            sharing: Sharing::default(),
            file_failure: None,
            by_worker: false,
            more_open: false,
            runs: 0,
        };
        if let Route::Lab(query) = state.route.clone() {
            let search = search.trim_start_matches('?');
            state.follow(if query.is_empty() { search } else { &query });
        }
        Some(state)
    }

    /// The state after `action`.
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Went(route) => {
                if let Route::Lab(query) = &route {
                    next.follow(query);
                }
                next.route = route;
            }
            Action::Probed(capabilities) => next.capabilities = capabilities,
            Action::Themed(theme) => next.theme = theme,
            Action::ChoseWorkload(workload) => {
                next.form = next.form.with_workload(workload);
                // They were drawn and brought for the other.
                next.sketch = None;
                next.forget_own();
            }
            Action::TypedParam(name, text) => {
                next.form.params.insert(name, text);
                if name == crate::workloads::own::SOURCE.name {
                    next.measure();
                }
            }
            Action::ChosePreset(at) => {
                if let Some(preset) = next.form.workload.presets().get(at) {
                    next.form = next.form.with_preset(preset);
                }
            }
            Action::Brings(step) => next.bring(&step),
            Action::ChoseModel(at, chosen) => next.model(at, |model| model.chosen = chosen),
            Action::TypedWorkers(at, text) => next.model(at, |model| model.workers = text),
            Action::SetOption(at, spec, text) => next.model(at, |model| model.set(spec, text)),
            Action::TypedRepeats(text) => next.form.repeats = text,
            Action::Began(experiment) => {
                next.activity = Activity::Running { experiment, progress: None };
                next.failure = None;
                next.refused = Vec::new();
                next.runs += 1;
            }
            Action::Progressed(now) => {
                if let Activity::Running { progress, .. } = &mut next.activity {
                    *progress = Some(now);
                }
            }
            Action::Cancelled => {
                if let Activity::Running { experiment, .. } = &next.activity {
                    next.activity = Activity::Cancelling { experiment: experiment.clone() };
                }
            }
            Action::Ended(ended) => {
                next.activity = Activity::Idle;
                match ended {
                    Ok(results) => next.show(results),
                    Err(failure) => next.failure = Some(failure),
                }
            }
            // What is lit may not be a step of the other model.
            Action::Showed(at) => (next.shown, next.lit) = (at, None),
            Action::Lit(lit) => next.lit = lit,
            Action::ColouredByWorker(by_worker) => next.by_worker = by_worker,
            Action::Guessed(guess) => next.guess = guess,
            Action::Scaled(kind) => (next.scaled, next.sketch) = (kind, None),
            Action::Sketched(sketch) => next.sketch = Some(Rc::new(sketch)),
            Action::Sharing(event) => next.sharing = self.sharing.after(event),
            Action::Pinned(pinned) => {
                next.pinned = self.results.clone().filter(|_| pinned);
                next.compare();
            }
            Action::Shelved(entries) => (next.history, next.file_failure) = (entries, None),
            // A run that is under way is what the page shows.
            Action::Opened(_) if !self.is_idle() => {}
            Action::Opened(report) => {
                next.runs += 1;
                next.failure = None;
                next.show(Rc::new(Results::opened(next.runs, *report)));
            }
            Action::FileFailed(failure) => next.file_failure = Some(failure),
        }
        if next.form.brings().is_none() {
            // Where it is shown and cancelled is not there, either.
            next.bringing = Bringing::Idle;
        }
        next.more_open |= next.form.is_wrong_in(Place::More) || next.form.lists_texts();
        next
    }

    /// What the form and the reader's file say together.
    ///
    /// # Errors
    /// A message per field that is wrong.
    pub fn experiment(&self) -> Result<Experiment, Errors> {
        let experiment = self.form.experiment();
        let Some(brings) = self.form.brings() else { return experiment };
        let wanted = |one: &Experiment| one.workload.work().own_len();
        let is_there = match &experiment {
            // Another is to take its place, and reading it takes a core.
            _ if self.bringing.is_reading() => false,
            Ok(one) => crate::workloads::own::check(wanted(one), self.own_data().as_ref()).is_ok(),
            // Something else is wrong as well.
            Err(_) => self.own.is_some(),
        };
        if is_there {
            return experiment;
        }
        let mut errors = experiment.err().unwrap_or_default();
        let said = own::missing(brings.media, self.form.is_measured(&brings));
        errors.insert(format!("param-{}", crate::workloads::own::SOURCE.name), said);
        Err(errors)
    }

    /// The data that the reader brought for what is in the form, if it asks for any.
    pub fn own_data(&self) -> Option<OwnData> {
        let own = self.own.as_ref().filter(|_| self.form.brings().is_some());
        own.map(|own| own.data.clone())
    }

    fn bring(&mut self, step: &FileStep) {
        if let (FileStep::Brought(own), true) = (step, self.bringing.is_reading()) {
            self.own = Some(own.clone());
            self.measure();
        }
        self.bringing = self.bringing.after(step);
    }

    /// What the reader's file measures is what the form says.
    fn measure(&mut self) {
        if let (Some(own), Some(brings)) = (&self.own, self.form.brings()) {
            self.form.measure(&brings, &own.sizes);
        }
    }

    fn forget_own(&mut self) {
        (self.own, self.bringing) = (None, Bringing::Idle);
    }

    fn show(&mut self, results: Rc<Results>) {
        self.shown = default_shown(&results);
        self.lit = None;
        self.file_failure = None;
        self.results = Some(results);
        self.compare();
    }

    /// Compares what is shown with what is pinned, unless that is the same.
    fn compare(&mut self) {
        let both = self.pinned.as_ref().zip(self.results.as_ref());
        // It has another number once it was opened again.
        let both = both.filter(|(pinned, shown)| {
            pinned.number != shown.number && pinned.finished.report != shown.finished.report
        });
        self.comparison = both.map(|(pinned, shown)| {
            Rc::new(Comparison::of(&pinned.finished.report, &shown.finished.report))
        });
    }

    /// Which of the models that take part the reader predicts to be fastest.
    pub fn guessed(&self) -> Option<ExecutorKind> {
        let takes_part = |kind: &ExecutorKind| {
            self.form.models.iter().any(|model| model.chosen && model.executor.kind() == *kind)
        };
        self.guess.filter(takes_part)
    }

    /// Why a file was not opened, or not saved, in a sentence.
    pub fn file_failure(&self) -> Option<String> {
        let Failure { kind, message } = self.file_failure.as_ref()?;
        if *kind != FailureKind::InvalidInput {
            return Some(message.clone());
        }
        Some(match message.split_once(": ") {
            // What is not about one place in the file.
            Some((_, said)) if said.starts_with("this ") => format!("Not opened: {said}"),
            Some((key @ ("report" | "file"), said)) if !said.starts_with("give ") => {
                format!("Not opened: the {key} {said}")
            }
            _ => format!("Not opened: {message}"),
        })
    }

    /// The scaling of which model would be measured, and how: what is in the form, at
    /// 1 to N workers.
    pub fn scaling_experiment(&self) -> Option<Experiment> {
        let experiment = self.experiment().ok()?;
        Some(experiment.scaling(self.scaled, self.capabilities.hardware_concurrency))
    }

    /// What the reader draws on: a flat line until they have drawn something.
    pub fn sketch_pad(&self) -> Rc<Sketch> {
        let cores = self.capabilities.hardware_concurrency;
        let widest = experiment::widths(cores).last().copied().unwrap_or(1);
        self.sketch.clone().unwrap_or_else(|| Rc::new(Sketch::flat(widest)))
    }

    /// Reads what to run from a link. An empty one changes nothing.
    fn follow(&mut self, query: &str) {
        let workers = self.capabilities.default_workers();
        let pairs = match link::pairs(query) {
            Ok(pairs) => pairs,
            Err(failure) => return self.refused = vec![failure],
        };
        if pairs.is_empty() {
            return;
        }
        match link::read(&pairs, workers) {
            Ok(linked) => {
                if linked.experiment.workload.id() != self.form.workload {
                    self.forget_own();
                }
                self.form = Form::of(&linked.experiment, workers);
                self.refused = linked.refused;
            }
            Err(failure) => self.refused = vec![failure],
        }
    }

    fn model(&mut self, at: usize, change: impl FnOnce(&mut Model)) {
        if let Some(model) = self.form.models.get_mut(at) {
            change(model);
        }
    }

    /// The number of the next run.
    pub fn next_run(&self) -> u32 {
        self.runs + 1
    }

    /// Whether nothing runs.
    pub fn is_idle(&self) -> bool {
        self.activity == Activity::Idle && !self.sharing.is_running()
    }

    /// What the page says it is at, for those who hear it.
    pub fn status(&self) -> String {
        match (&self.activity, &self.failure, &self.results) {
            (Activity::Cancelling { .. }, ..) => "Cancelling…".to_owned(),
            (Activity::Running { experiment, progress }, ..) => match progress {
                None => "Starting…".to_owned(),
                Some(progress) => doing(experiment, progress),
            },
            (_, Some(failure), _) if failure.kind == FailureKind::Cancelled => {
                "Cancelled.".to_owned()
            }
            (_, Some(failure), _) => failure.message.clone(),
            (_, None, Some(results)) => format!("{}.", results.finished.report.verdict.headline),
            _ => String::new(),
        }
    }
}

fn doing(experiment: &Experiment, progress: &Progress) -> String {
    use crate::executors::run::Stage;
    let executor = experiment.executors.get(progress.executor);
    let label = executor.map_or_else(String::new, |executor| executor.label());
    match progress.stage {
        Stage::Starting => format!("Starting: {label}"),
        Stage::WarmingUp => format!("Warming up: {label}"),
        Stage::Measuring => format!("Measuring: {label}"),
        Stage::Paused(disturbance) => format!("Paused. {}", disturbance.what()),
    }
}

/// A moment in ISO 8601, to the minute: "2026-11-22 16:00 UTC".
pub fn minute(iso: &str) -> String {
    format!("{} UTC", iso.get(..16).unwrap_or(iso).replace('T', " "))
}

/// The fastest model of those with workers, whose timeline says most; else the
/// fastest.
fn default_shown(results: &Results) -> usize {
    let report = &results.finished.report;
    let workers = |at: &usize| report.results[*at].executor.kind().has_workers();
    let mut places = report.ranking.iter().map(|rank| rank.result);
    places.clone().find(workers).or_else(|| places.next()).unwrap_or_default()
}

/// The experiment's workload, if it draws a picture.
pub fn picture(experiment: &Experiment) -> Option<&crate::workloads::mandelbrot::Mandelbrot> {
    match &experiment.workload {
        Workload::Mandelbrot(mandelbrot) => Some(mandelbrot),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executors::mock::MockFleet;
    use crate::executors::run::{self, Fleet, Stage};

    fn state(search: &str, hash: &str) -> State {
        let capabilities = MockFleet::default().environment().capabilities;
        State::new(capabilities, search, hash, Theme::System).expect("defaults hold")
    }

    fn experiment(state: &State) -> Rc<Experiment> {
        Rc::new(state.form.experiment().expect("valid"))
    }

    fn brought(state: State, bytes: usize, sizes: &[u64]) -> State {
        let data = OwnData { name: "a".into(), bytes: Rc::new(vec![0; bytes]) };
        let brought = Brought { data, sizes: sizes.to_vec(), scaled_from: None };
        let began = FileStep::Began { name: "a".into(), bytes: 9 };
        let reading = state.after(Action::Brings(began));
        assert!(reading.bringing.is_reading());
        reading.after(Action::Brings(FileStep::Brought(Rc::new(brought))))
    }

    #[test]
    fn a_link_that_wants_own_data_asks_for_it_again() {
        let state = state("", "/lab?workload=blur&source=own&width=2&height=3");
        let errors = state.experiment().unwrap_err();
        assert_eq!(
            errors["param-source"],
            "Links and reports do not hold your picture. Bring it again, or choose generated data."
        );
        assert!(state.scaling_experiment().is_none());
        let state = brought(state, 4 * 5 * 4, &[4, 5]);
        let params = state.experiment().expect("it is there").workload.params();
        assert_eq!((&params["width"], &params["height"]), (&4.into(), &5.into()));
        assert_eq!(state.own_data().map(|own| own.bytes.len()), Some(80));
        assert!(state.scaling_experiment().is_some());
    }

    #[test]
    fn own_data_is_dropped_with_its_workload_and_kept_beside_generated_data() {
        let state = state("", "/lab?workload=word-count");
        let chosen = |state: &State, source: &str| {
            state.after(Action::TypedParam("source", source.to_owned()))
        };
        let own = chosen(&state, "own");
        assert_eq!(own.experiment().unwrap_err()["param-source"], "Choose a text first.");
        let own = brought(own, 70, &[70]);
        assert!(own.experiment().is_ok());
        let generated = chosen(&own, "generated");
        assert!(generated.experiment().is_ok() && generated.own_data().is_none());
        assert!(chosen(&generated, "own").experiment().is_ok());
        let other = own.after(Action::ChoseWorkload(WorkloadId::Blur));
        assert_eq!((other.own.is_none(), other.own_data()), (true, None));
        // What arrives late is for a workload that is not there any more.
        let late = Brought {
            data: OwnData { name: "late".into(), bytes: Rc::default() },
            sizes: vec![1],
            scaled_from: None,
        };
        assert!(other.after(Action::Brings(FileStep::Brought(Rc::new(late)))).own.is_none());
    }

    #[test]
    fn whoever_asks_for_other_data_waits_for_no_file() {
        let own = state("", "/lab?workload=word-count&source=own");
        let began = FileStep::Began { name: "b".into(), bytes: 9 };
        let reading = own.after(Action::Brings(began.clone()));
        for action in [
            Action::ChoseWorkload(WorkloadId::Blur),
            Action::TypedParam("source", "generated".to_owned()),
            Action::ChosePreset(0),
            Action::Went(Route::parse("/lab?workload=blur&source=own&width=2&height=3")),
            Action::Went(Route::parse("/lab?workload=word-count&words=5")),
        ] {
            assert_eq!(reading.after(action.clone()).bringing, Bringing::Idle, "{action:?}");
        }
        for action in [
            Action::TypedRepeats("3".to_owned()),
            Action::Went(Route::parse("/decide")),
            Action::Went(Route::parse("/lab?workload=word-count&source=own&bytes=70")),
        ] {
            assert!(reading.after(action.clone()).bringing.is_reading(), "{action:?}");
        }
        // Nor is the one before run meanwhile.
        let again = brought(own, 70, &[70]).after(Action::Brings(began));
        assert!(again.experiment().is_err() && again.own.is_some());
        assert!(again.after(Action::Brings(FileStep::Cancelled)).experiment().is_ok());
    }

    #[test]
    fn a_preset_fills_the_form() {
        let state = state("", "/lab?workload=sort&n=5");
        let set = state.after(Action::ChosePreset(0));
        assert!(set.form.is_preset(&WorkloadId::Sort.presets()[0]));
        assert_eq!(set.after(Action::ChosePreset(99)).form, set.form);
    }

    #[test]
    fn a_link_fills_the_form() {
        let state = state("", "/lab?workload=primes&count=50&models=threads:3");
        let experiment = experiment(&state);
        assert_eq!(experiment.workload.params()["count"], 50);
        assert_eq!(experiment.executors.len(), 1);
        assert_eq!(state.form.models.len(), 4);
    }

    #[test]
    fn a_frame_may_say_it_before_the_hash() {
        let state = state("?embed=1&workload=requests&kind=timer", "");
        assert!(state.embedded);
        assert_eq!(state.form.workload, WorkloadId::Requests);
    }

    #[test]
    fn going_back_to_the_lab_keeps_the_form() {
        let before = state("", "/lab?workload=primes");
        let after = before
            .after(Action::Went(Route::Decide(String::new())))
            .after(Action::Went(Route::Lab(String::new())));
        assert_eq!(before.form, after.form);
    }

    #[test]
    fn a_run_from_start_to_results() {
        let before = state("", "/lab?workload=primes&count=50");
        let experiment = experiment(&before);
        let running = before.after(Action::Began(experiment.clone()));
        assert!(!running.is_idle());
        let progress = Progress { stage: Stage::Measuring, executor: 2, done: 3, total: 9 };
        let further = running.after(Action::Progressed(progress));
        assert_eq!(further.status(), "Measuring: Threads × 2");
        let finished = pollster::block_on(run::run(&MockFleet::default(), &experiment));
        let results = Rc::new(Results {
            number: before.next_run(),
            experiment,
            finished,
            prediction: Some(Prediction::Winner(ExecutorKind::Threads)),
            own: None,
            is_opened: false,
        });
        let done = further.after(Action::Ended(Ok(results)));
        assert!(done.is_idle());
        assert!(done.results.is_some());
        assert_eq!(done.next_run(), 2);
    }

    #[test]
    fn cancelling_keeps_the_results_before() {
        let before = state("", "");
        let experiment = experiment(&before);
        let finished = pollster::block_on(run::run(
            &MockFleet::default(),
            &Experiment::from_json(r#"{"workload":"primes","params":{"count":9}}"#, 2)
                .expect("valid"),
        ));
        let results = Rc::new(Results::opened(1, finished.report));
        let cancelled = before
            .after(Action::Ended(Ok(results)))
            .after(Action::Began(experiment))
            .after(Action::Cancelled)
            .after(Action::Ended(Err(Failure::cancelled())));
        assert_eq!(cancelled.status(), "Cancelled.");
        assert!(cancelled.results.is_some());
    }

    #[test]
    fn another_model_is_shown_in_full_light() {
        let lit = state("", "").after(Action::Lit(Some(Step::Transfer)));
        assert_eq!(lit.lit, Some(Step::Transfer));
        assert_eq!(lit.after(Action::Lit(None)).lit, None);
        let other = lit.after(Action::Showed(1));
        assert_eq!((other.shown, other.lit), (1, None));
    }

    #[test]
    fn progress_after_cancelling_is_nobodys() {
        let before = state("", "");
        let cancelling = before.after(Action::Began(experiment(&before))).after(Action::Cancelled);
        let progress = Progress { stage: Stage::Measuring, executor: 0, done: 1, total: 2 };
        assert_eq!(cancelling.after(Action::Progressed(progress)), cancelling);
    }

    fn report() -> Report {
        let text = r#"{"workload":"primes","params":{"count":9}}"#;
        let experiment = Experiment::from_json(text, 2).expect("valid");
        pollster::block_on(run::run(&MockFleet::default(), &experiment)).report
    }

    /// As a store or a file gives it back.
    fn opened(report: &Report) -> Action {
        let read = crate::exchange::read::read(&report.to_json().to_string());
        Action::Opened(Box::new(read.expect("a report")))
    }

    #[test]
    fn nothing_is_opened_in_the_middle_of_a_run() {
        let before = state("", "");
        let running = before.after(Action::Began(experiment(&before)));
        assert_eq!(running.after(opened(&report())), running);
        let cancelling = running.after(Action::Cancelled);
        assert_eq!(cancelling.after(opened(&report())), cancelling);
        assert!(before.after(opened(&report())).results.is_some());
    }

    #[test]
    fn what_is_opened_says_so() {
        let mut report = report();
        report.environment.started_at = "2026-11-22T16:00:31.000Z".to_owned();
        report.environment.capabilities.hardware_concurrency = 1;
        let mut results = Results::opened(1, report);
        assert_eq!(
            results.origin().as_deref(),
            Some("Opened, not run just now: a run of 2026-11-22 16:00 UTC, with 1 core.")
        );
        results.is_opened = false;
        assert_eq!(results.origin(), None);
    }

    #[test]
    fn short_work_that_was_repeated_within_samples_took_its_time() {
        let mut report = report();
        let before = Results::opened(1, report.clone()).seconds();
        for one in &mut report.results {
            for sample in &mut one.samples {
                sample.computations *= 10;
            }
        }
        let after = Results::opened(1, report).seconds();
        assert!(before > 0.0 && (after / before - 10.0).abs() < 1e-9, "{before} and {after}");
    }

    #[test]
    fn a_pinned_run_is_not_compared_with_itself() {
        let report = report();
        let pinned = state("", "").after(opened(&report)).after(Action::Pinned(true));
        assert_eq!(pinned.comparison, None);
        assert_eq!(pinned.after(opened(&report)).comparison, None);
        let mut other = report;
        other.environment.started_at = "2001-01-01T00:00:00.000Z".to_owned();
        assert!(pinned.after(opened(&other)).comparison.is_some());
    }

    #[test]
    fn a_guess_counts_while_its_model_takes_part() {
        let guessed = state("", "").after(Action::Guessed(Some(ExecutorKind::Threads)));
        assert_eq!(guessed.guessed(), Some(ExecutorKind::Threads));
        let at = |one: &Model| one.executor.kind() == ExecutorKind::Threads;
        let at = guessed.form.models.iter().position(at).expect("threads");
        let without = guessed.after(Action::ChoseModel(at, false));
        assert_eq!(without.guessed(), None);
        assert_eq!(without.after(Action::ChoseModel(at, true)).guessed(), guessed.guessed());
    }

    #[test]
    fn a_sketch_is_of_the_workload_it_was_drawn_for() {
        let drawn = state("", "").after(Action::Sketched(Sketch::flat(4)));
        assert!(drawn.sketch.is_some());
        assert_eq!(drawn.after(Action::ChoseWorkload(WorkloadId::Primes)).sketch, None);
    }

    #[test]
    fn an_inconclusive_run_judges_nobody() {
        let mut results = Results::opened(1, report());
        results.prediction = Some(Prediction::Winner(ExecutorKind::Threads));
        assert!(results.judgement().is_some());
        results.finished.report.measuring.conclusive = false;
        assert_eq!(results.judgement(), None);
    }

    #[test]
    fn while_sharing_is_measured_nothing_else_is_begun() {
        let before = state("", "");
        let measuring = before.after(Action::Sharing(sharing::Event::Began(7)));
        assert!(!measuring.is_idle());
        assert_eq!(measuring.after(opened(&report())), measuring);
        let over = measuring.after(Action::Sharing(sharing::Event::Ended(None)));
        assert!(over.is_idle());
    }

    #[test]
    fn why_a_file_failed_reads_as_a_sentence() {
        let said = |failure| state("", "").after(Action::FileFailed(failure)).file_failure();
        let no_room = "There is no room for the file. Close other tabs.";
        for (failure, expected) in [
            (
                Failure::invalid("report", "is larger than 8 MB."),
                "Not opened: the report is larger than 8 MB.",
            ),
            (Failure::invalid("file", "is no text."), "Not opened: the file is no text."),
            (Failure::invalid("report", "give an object."), "Not opened: report: give an object."),
            (
                Failure::invalid("schema", "this report is newer."),
                "Not opened: this report is newer.",
            ),
            (Failure::invalid("app.name", "is missing."), "Not opened: app.name: is missing."),
            (Failure::new(FailureKind::OutOfMemory, no_room), no_room),
        ] {
            assert_eq!(said(failure).as_deref(), Some(expected));
        }
        let failed =
            state("", "").after(Action::FileFailed(Failure::invalid("file", "is no text.")));
        assert_eq!(failed.after(Action::Shelved(Rc::default())).file_failure(), None);
        assert_eq!(failed.after(opened(&report())).file_failure(), None);
    }
}
