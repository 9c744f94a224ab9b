//! What each model did.

use super::experiment::{self, MAX_WARM_UPS};
use super::lanes::{self, Room};
use crate::coded::{Coded, MAX_WORDS};
use crate::exchange::reader::Reader;
use crate::experiment::{Experiment, MAX_EXECUTORS};
use crate::failure::{Failure, FailureKind, ReportProblem, Result};
use crate::measure::Phase;
use crate::measure::report::limits::MAX_MESSAGE;
use crate::measure::report::reported::rounded;
use crate::measure::report::{MAX_ROUNDS, ModelFacts, ReportedSample, WarmedUp};
use crate::models::Executor;
use crate::workloads::answer::{Answer, AnswerValue, MAX_WORD};
use crate::workloads::params::MAX_SAFE_INTEGER;
use crate::workloads::summary::Summary;
use std::collections::BTreeMap;

/// Most computations of one sample.
const MAX_COMPUTATIONS: u64 = 1_000_000;
/// Most tasks that are worked on at a time, by the shortest of samples.
const MAX_CONCURRENCY: f64 = 1e9;
/// Most words in an answer's value.
const MAX_COUNTED: usize = 10;

/// Reads what the models of `experiment` did, one after another.
pub fn read(results: &Reader, experiment: &Experiment) -> Result<Vec<ModelFacts>> {
    let list = results.list(MAX_EXECUTORS)?;
    let (found, expected) = (list.len(), experiment.executors.len());
    if found != expected {
        return Err(results
            .wrong(ReportProblem::OtherCount { found: found as u64, expected: expected as u64 }));
    }
    let mut room = Room::default();
    let models = list.zip(&experiment.executors);
    let models: Vec<_> =
        models.map(|(one, executor)| model(&one, executor, &mut room)).collect::<Result<_>>()?;
    // The samples of a block are compared with one another.
    let mut counts = models.iter().map(|model| model.samples.len()).filter(|count| *count > 0);
    if let Some(first) = counts.next()
        && counts.any(|count| count != first)
    {
        return Err(results.wrong(ReportProblem::OtherSamples));
    }
    Ok(models)
}

fn model(model: &Reader, executor: &Executor, room: &mut Room) -> Result<ModelFacts> {
    model.only(&[
        "executor",
        "startupMs",
        "startedAgain",
        "warmUp",
        "samples",
        "summary",
        "speedup",
        "timelineOf",
        "lanes",
        "accounts",
        "waterfall",
        "answer",
        "error",
    ])?;
    let given = model.get("executor")?;
    if experiment::executor(&given, &[])? != *executor {
        return Err(given.wrong(ReportProblem::OtherModel));
    }
    let samples = model.get("samples")?;
    let samples = samples.list(MAX_ROUNDS)?;
    let samples = samples.map(|one| sample(&one)).collect::<Result<Vec<_>>>()?;
    let timeline_of = match samples.len() {
        0 => None,
        count => Some(model.get("timelineOf")?.integer(0, count as u64 - 1)? as usize),
    };
    let error = model.get("error")?.given().map(|error| failure(&error)).transpose()?;
    if error.is_some() && !samples.is_empty() {
        return Err(model.get("error")?.wrong(ReportProblem::FailedWithSamples));
    }
    Ok(ModelFacts {
        executor: executor.clone(),
        startup_ms: model.get("startupMs")?.ms()?,
        // Only where it is so.
        started_again: match model.value().get("startedAgain") {
            Some(_) => model.get("startedAgain")?.boolean()?,
            None => false,
        },
        warm_up: warm_up(&model.get("warmUp")?)?,
        samples,
        timeline_of,
        lanes: lanes::read(&model.get("lanes")?, room)?,
        answer: model.get("answer")?.given().map(|given| answer(&given)).transpose()?,
        error,
    })
}

fn warm_up(warm_up: &Reader) -> Result<WarmedUp> {
    warm_up.only(&["totalsMs", "settled"])?;
    let totals = warm_up.get("totalsMs")?;
    Ok(WarmedUp {
        totals_ms: totals.list(MAX_WARM_UPS)?.map(|ms| ms.ms()).collect::<Result<_>>()?,
        // Made anew, of the totals.
        settled: false,
    })
}

fn sample(sample: &Reader) -> Result<ReportedSample> {
    sample.only(&[
        "totalMs",
        "computations",
        "outlier",
        "phasesMs",
        "restMs",
        "mainThreadBlockedMs",
        "bytesSent",
        "bytesReceived",
        "concurrency",
    ])?;
    let ms = |key| sample.get(key)?.ms();
    let bytes = |key| sample.get(key)?.integer(0, MAX_SAFE_INTEGER);
    let concurrency = sample.get("concurrency")?.number(0.0, MAX_CONCURRENCY)?;
    Ok(ReportedSample {
        total_ms: ms("totalMs")?,
        computations: sample.get("computations")?.integer(1, MAX_COMPUTATIONS)? as u32,
        // Which lie outside depends on all of them together: it is found out anew.
        outlier: false,
        phases_ms: phases(&sample.get("phasesMs")?)?,
        rest_ms: ms("restMs")?,
        main_thread_blocked_ms: ms("mainThreadBlockedMs")?,
        bytes_sent: bytes("bytesSent")?,
        bytes_received: bytes("bytesReceived")?,
        concurrency: rounded(concurrency),
    })
}

fn phases(phases: &Reader) -> Result<BTreeMap<Phase, f64>> {
    phases.only(&Phase::ALL.map(Phase::id))?;
    let given = Phase::ALL.into_iter().filter(|phase| phases.value().get(phase.id()).is_some());
    given.map(|phase| Ok((phase, phases.get(phase.id())?.ms()?))).collect()
}

fn answer(answer: &Reader) -> Result<Answer> {
    answer.only(&["digest", "value", "summary", "code", "figures"])?;
    let digest = answer.get("digest")?;
    let hex = digest.text(64)?;
    if hex.len() != 64 || !hex.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(digest.wrong(ReportProblem::NotDigest));
    }
    let value = answer.get("value")?.given();
    Ok(Answer {
        digest: hex.to_owned(),
        value: value.map(|value| answer_value(&value)).transpose()?,
        summary: summary(answer)?,
    })
}

/// What this program knows by its code and figures, or else what another says.
fn summary(answer: &Reader) -> Result<Summary> {
    let said = answer.get("summary")?.text(MAX_WORDS)?;
    let known = answer.record().and_then(|record| Summary::from_record(&record));
    Ok(known.unwrap_or_else(|| Summary::Foreign { said: said.into() }))
}

fn answer_value(value: &Reader) -> Result<AnswerValue> {
    if !value.value().is_array() {
        return value.integer(0, u64::MAX).map(AnswerValue::Count);
    }
    let word = |pair: Reader| match pair.list(2)?.collect::<Vec<_>>().as_slice() {
        [word, count] => Ok((word.text(MAX_WORD)?.to_owned(), count.integer(0, u64::MAX)?)),
        _ => Err(pair.wrong(ReportProblem::NotWordCount)),
    };
    value.list(MAX_COUNTED)?.map(word).collect::<Result<_>>().map(AnswerValue::Words)
}

fn failure(failure: &Reader) -> Result<Failure> {
    failure.only(&["name", "message", "code", "key", "figures"])?;
    let kind = failure.get("name")?.one_of(&FailureKind::ALL, FailureKind::name)?;
    let message = failure.get("message")?.text(MAX_MESSAGE)?;
    let key =
        failure.value().get("key").map(|_| failure.get("key")?.text(MAX_MESSAGE)).transpose()?;
    Ok(Failure::stored(kind, message, key, failure.record().as_ref()))
}
