/**
 * Perfetto's trace file as a stream of packets: tracks, slices, instants and counters.
 *
 * Field numbers and rules are those of Perfetto's published `trace_packet.proto`,
 * `track_descriptor.proto`, `track_event.proto` and "Advanced Guide to Programmatic Trace
 * Generation". Invariant: a track is described before its first event, and a name before its first
 * use. Time is the trace's own, in nanoseconds from 0.
 */
import { assert } from '../base/assert.ts';
import { ProtoWriter } from './protobuf.ts';

const Trace = { packet: 1 } as const;
const TracePacket = {
  timestamp: 8,
  trustedPacketSequenceId: 10,
  trackEvent: 11,
  internedData: 12,
  sequenceFlags: 13,
  previousPacketDropped: 42,
  trackDescriptor: 60,
  firstPacketOnSequence: 87,
} as const;
const TrackDescriptor = {
  uuid: 1,
  name: 2,
  process: 3,
  parentUuid: 5,
  counter: 8,
  childOrdering: 11,
  siblingOrderRank: 12,
} as const;
const ProcessDescriptor = { pid: 1, processName: 6 } as const;
const CounterDescriptor = { unit: 3, unitName: 6 } as const;
const TrackEvent = {
  debugAnnotations: 4,
  type: 9,
  nameIid: 10,
  trackUuid: 11,
  counterValue: 30,
  doubleCounterValue: 44,
} as const;
const EventType = { sliceBegin: 1, sliceEnd: 2, instant: 3, counter: 4 } as const;
const InternedData = { eventNames: 2, debugAnnotationNames: 3 } as const;
const InternedName = { iid: 1, name: 2 } as const;
const DebugAnnotation = { nameIid: 1, intValue: 4, doubleValue: 5 } as const;

const EXPLICIT_ORDER = 3;
const UNIT_COUNT = 2;
const SEQUENCE = 1;
const STATE_CLEARED = 1;
const NEEDS_STATE = 2;
const NS_PER_US = 1_000;
const PROCESS_UUID = 1;

/** Bytes of a piece of the file before it is handed over. */
export const PIECE_BYTES = 65_536;

/** A number that goes with an event, by name. */
export type Detail = readonly [name: string, value: number];

export class PerfettoPackets {
  readonly #emit: (piece: Uint8Array) => void;
  readonly #file = new ProtoWriter(PIECE_BYTES * 2);
  readonly #packet = new ProtoWriter();
  readonly #event = new ProtoWriter();
  readonly #part = new ProtoWriter();
  readonly #interned = new ProtoWriter();
  readonly #eventNames = new Map<string, number>();
  readonly #detailNames = new Map<string, number>();
  #tracks = PROCESS_UUID;

  /** `emit` gets the file piece by piece and may keep them; all tracks stand in one process. */
  constructor(processName: string, emit: (piece: Uint8Array) => void) {
    this.#emit = emit;
    const process = new ProtoWriter();
    process.integer(ProcessDescriptor.pid, 1);
    process.string(ProcessDescriptor.processName, processName);
    this.#part.clear();
    this.#part.integer(TrackDescriptor.uuid, PROCESS_UUID);
    this.#part.message(TrackDescriptor.process, process);
    this.#part.integer(TrackDescriptor.childOrdering, EXPLICIT_ORDER);
    this.#packet.message(TracePacket.trackDescriptor, this.#part);
    this.#packet.integer(TracePacket.firstPacketOnSequence, 1);
    this.#packet.integer(TracePacket.previousPacketDropped, 1);
    this.#finishPacket(STATE_CLEARED);
  }

  /** A track for slices and instants; `rank` orders the tracks. Same names are drawn as one. */
  track(name: string, rank: number): number {
    this.#describe(name, rank);
    return this.#endDescription();
  }

  /** A track for a number that changes; `unit` is its name, or undefined for a plain count. */
  counterTrack(name: string, rank: number, unit: string | undefined): number {
    this.#describe(name, rank);
    const counter = new ProtoWriter();
    if (unit === undefined) counter.integer(CounterDescriptor.unit, UNIT_COUNT);
    else counter.string(CounterDescriptor.unitName, unit);
    this.#part.message(TrackDescriptor.counter, counter);
    return this.#endDescription();
  }

  begin(track: number, timeUs: number, name: string, detail: Detail): void {
    this.#named(EventType.sliceBegin, track, timeUs, name, detail);
  }

  end(track: number, timeUs: number): void {
    this.#startEvent(EventType.sliceEnd, track);
    this.#finishEvent(timeUs);
  }

  instant(track: number, timeUs: number, name: string, detail: Detail | undefined): void {
    this.#named(EventType.instant, track, timeUs, name, detail);
  }

  count(track: number, timeUs: number, value: number): void {
    this.#startEvent(EventType.counter, track);
    if (Number.isSafeInteger(value)) this.#event.integer(TrackEvent.counterValue, value);
    else this.#event.double(TrackEvent.doubleCounterValue, value);
    this.#finishEvent(timeUs);
  }

  /** Hands over what is left. */
  finish(): void {
    this.#flush(1);
  }

  #describe(name: string, rank: number): void {
    this.#tracks += 1;
    this.#part.clear();
    this.#part.integer(TrackDescriptor.uuid, this.#tracks);
    this.#part.string(TrackDescriptor.name, name);
    this.#part.integer(TrackDescriptor.parentUuid, PROCESS_UUID);
    this.#part.integer(TrackDescriptor.siblingOrderRank, rank);
  }

  #endDescription(): number {
    this.#packet.message(TracePacket.trackDescriptor, this.#part);
    this.#finishPacket(0);
    return this.#tracks;
  }

  #named(
    type: number,
    track: number,
    timeUs: number,
    name: string,
    detail: Detail | undefined,
  ): void {
    this.#startEvent(type, track);
    this.#event.integer(
      TrackEvent.nameIid,
      this.#intern(this.#eventNames, InternedData.eventNames, name),
    );
    if (detail !== undefined) {
      const names = InternedData.debugAnnotationNames;
      const iid = this.#intern(this.#detailNames, names, detail[0]);
      this.#part.clear();
      this.#part.integer(DebugAnnotation.nameIid, iid);
      if (Number.isSafeInteger(detail[1])) this.#part.integer(DebugAnnotation.intValue, detail[1]);
      else this.#part.double(DebugAnnotation.doubleValue, detail[1]);
      this.#event.message(TrackEvent.debugAnnotations, this.#part);
    }
    this.#finishEvent(timeUs);
  }

  #startEvent(type: number, track: number): void {
    assert(track > PROCESS_UUID && track <= this.#tracks, `expected a track, got ${track}`);
    this.#event.clear();
    this.#event.integer(TrackEvent.type, type);
    this.#event.integer(TrackEvent.trackUuid, track);
  }

  #finishEvent(timeUs: number): void {
    this.#packet.integer(TracePacket.timestamp, timeUs * NS_PER_US);
    this.#packet.message(TracePacket.trackEvent, this.#event);
    if (this.#interned.size > 0) {
      this.#packet.message(TracePacket.internedData, this.#interned);
      this.#interned.clear();
    }
    this.#finishPacket(NEEDS_STATE);
  }

  /** The number of a name, which goes into the packet where it is first used. */
  #intern(names: Map<string, number>, field: number, name: string): number {
    const known = names.get(name);
    if (known !== undefined) return known;
    const iid = names.size + 1;
    names.set(name, iid);
    this.#part.clear();
    this.#part.integer(InternedName.iid, iid);
    this.#part.string(InternedName.name, name);
    this.#interned.message(field, this.#part);
    return iid;
  }

  #finishPacket(flags: number): void {
    this.#packet.integer(TracePacket.trustedPacketSequenceId, SEQUENCE);
    if (flags !== 0) this.#packet.integer(TracePacket.sequenceFlags, flags);
    this.#file.message(Trace.packet, this.#packet);
    this.#packet.clear();
    this.#flush(PIECE_BYTES);
  }

  #flush(atLeast: number): void {
    if (this.#file.size < atLeast) return;
    this.#emit(this.#file.bytes.slice());
    this.#file.clear();
  }
}
