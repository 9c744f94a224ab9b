//! What a pool of processes does with each message that a worker sends.

use super::ongoing::Chunk;
use super::state::State;
use crate::browser::buffer::Buffer;
use crate::browser::worker::WorkerEvent;
use crate::executors::answers::{self, Answered, TasksDone, WorkerMessage};
use crate::failure::Result;
use crate::measure::{Phase, span};
use std::ops::Range;

impl State {
    /// Handles what came from a worker.
    pub fn receive(&mut self, worker: usize, event: WorkerEvent) {
        let handled = match event {
            WorkerEvent::Message { received_ms, bytes, buffers } => {
                self.heard_ms = received_ms;
                self.handle(worker, &bytes, buffers, received_ms)
            }
            WorkerEvent::Lost(failure) => Err(failure),
            WorkerEvent::Shared(_) | WorkerEvent::Begun | WorkerEvent::Loaded => {
                Err(answers::out_of_turn())
            }
        };
        if let Err(failure) = handled {
            self.inbox.settle(Err(failure));
        }
    }

    fn handle(
        &mut self,
        worker: usize,
        bytes: &[u8],
        buffers: Vec<Buffer>,
        received_ms: f64,
    ) -> Result<()> {
        let Some((said, answered_ms)) = self.inbox.answers.read(bytes)? else { return Ok(()) };
        match said {
            WorkerMessage::Answered(Answered::Ready) => self.ask_time(worker),
            WorkerMessage::Answered(Answered::Time(picked_up_ms)) => {
                let (handshake, asked_ms) =
                    self.clocks.get_mut(worker).ok_or_else(answers::out_of_turn)?;
                handshake.note(*asked_ms, picked_up_ms, answered_ms, received_ms);
                if handshake.is_done() { self.prepare(worker) } else { self.ask_time(worker) }
            }
            WorkerMessage::Answered(Answered::Prepared) => {
                self.to_prepare = self.to_prepare.saturating_sub(1);
                if self.to_prepare == 0 {
                    self.data.is_handed_out();
                    self.inbox.settle(Ok(received_ms));
                }
                Ok(())
            }
            WorkerMessage::Tasks(done) => {
                self.keep(done.places.clone(), &done.lens, done.parts, buffers)?;
                if let Some(ongoing) = &mut self.ongoing {
                    ongoing.bytes_received += bytes.len() as u64;
                }
                self.go_on(worker, done, answered_ms, received_ms)
            }
            WorkerMessage::Answered(_) => Err(answers::out_of_turn()),
        }
    }

    /// Keeps what the tasks at `places` came to, which is in `parts` or in the first of `buffers`, and
    /// takes back the payloads that changed hands.
    fn keep(
        &mut self,
        places: Range<usize>,
        lens: &[u32],
        parts: &[u8],
        buffers: Vec<Buffer>,
    ) -> Result<()> {
        let Some(ongoing) = &mut self.ongoing else { return Ok(()) };
        let mut buffers = buffers.into_iter();
        let is_beside = parts.is_empty() && lens.iter().any(|len| *len > 0);
        let beside = if is_beside { buffers.next() } else { None };
        match beside {
            Some(buffer) => {
                ongoing.bytes_received += buffer.len() as u64;
                let len = buffer.len();
                ongoing.keep(places.clone(), lens, |range| match range.end {
                    end if end <= len => buffer.part(range),
                    _ => Err(answers::out_of_turn()),
                })?;
            }
            None => ongoing.keep(places.clone(), lens, |range| {
                parts.get(range).ok_or_else(answers::out_of_turn)
            })?,
        }
        let returned = buffers.as_slice().iter().map(|payload| payload.len() as u64);
        ongoing.bytes_received += returned.sum::<u64>();
        self.data.take_back(self.order.tasks(places), buffers);
        Ok(())
    }

    /// Goes on after an answer that was sent at `answered_ms` by the worker's clock: hands out
    /// what is next, or ends the computation.
    fn go_on(
        &mut self,
        worker: usize,
        done: TasksDone,
        answered_ms: f64,
        received_ms: f64,
    ) -> Result<()> {
        let TasksDone { places, mut spans, picked_up_ms, copy_ms, serialize_ms, .. } = done;
        let offset_ms = self.clock(worker).map_or(0.0, |check| check.offset_ms);
        let Some(ongoing) = &mut self.ongoing else { return Ok(()) };
        let first = self.order.task(places.start) as u32;
        if self.options.spans {
            let noted = Chunk {
                first_place: places.start,
                picked_up_ms: picked_up_ms + offset_ms,
                copy_ms: copy_ms + offset_ms,
                serialize_ms: serialize_ms + offset_ms,
                answered_ms: answered_ms + offset_ms,
                received_ms,
            };
            span::shift(&mut spans, offset_ms);
            ongoing.note(worker, &noted, spans);
        }
        // From picked up to sent back: what the chunk itself took.
        let took_ms = answered_ms - picked_up_ms;
        let next = ongoing.dispatcher.answered(worker, places.len(), took_ms);
        ongoing.page.since(Phase::Deserialize, first, received_ms);
        if ongoing.dispatcher.is_finished() { self.finish() } else { self.hand_out(next) }
    }

    /// Ends a computation; the next one of the sample begins at once.
    fn finish(&mut self) -> Result<()> {
        let ongoing = self.ongoing.take().ok_or_else(answers::out_of_turn)?;
        let ended_ms = self.gathered.add(ongoing, self.workload.work())?;
        if self.to_begin > 0 {
            return self.compute(ended_ms);
        }
        self.inbox.settle(Ok(ended_ms));
        Ok(())
    }
}
