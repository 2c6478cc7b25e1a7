/**
 * The export is held against Perfetto's documented format by an independent decoder, because no
 * build of its trace processor is to be had as a package: the schema below is a subset written from
 * the field numbers of Perfetto's published protos, and `load` applies the rules of its importer.
 */
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { BreakerState, EventKind, NONE, ObjectId, SocketErrorCode, SocketOp } from './event.ts';
import { type PerfettoMark, type PerfettoOptions, perfettoTrace } from './perfetto.ts';
import { PIECE_BYTES } from './perfetto-packets.ts';
import { Recorder } from './recorder.ts';

const { root } = protobuf.parse(
  `syntax = "proto2";
   message Trace { repeated TracePacket packet = 1; }
   message TracePacket {
     optional uint64 timestamp = 8;
     optional uint32 trusted_packet_sequence_id = 10;
     optional TrackEvent track_event = 11;
     optional InternedData interned_data = 12;
     optional uint32 sequence_flags = 13;
     optional uint32 previous_packet_dropped = 42;
     optional TrackDescriptor track_descriptor = 60;
     optional bool first_packet_on_sequence = 87;
   }
   message TrackDescriptor {
     optional uint64 uuid = 1;
     optional string name = 2;
     optional ProcessDescriptor process = 3;
     optional uint64 parent_uuid = 5;
     optional CounterDescriptor counter = 8;
     optional int32 child_ordering = 11;
     optional int32 sibling_order_rank = 12;
   }
   message ProcessDescriptor { optional int32 pid = 1; optional string process_name = 6; }
   message CounterDescriptor { optional int32 unit = 3; optional string unit_name = 6; }
   message TrackEvent {
     repeated DebugAnnotation debug_annotations = 4;
     optional Type type = 9;
     optional uint64 name_iid = 10;
     optional uint64 track_uuid = 11;
     optional int64 counter_value = 30;
     optional double double_counter_value = 44;
     enum Type {
       TYPE_UNSPECIFIED = 0; TYPE_SLICE_BEGIN = 1; TYPE_SLICE_END = 2;
       TYPE_INSTANT = 3; TYPE_COUNTER = 4;
     }
   }
   message DebugAnnotation {
     optional uint64 name_iid = 1; optional int64 int_value = 4; optional double double_value = 5;
   }
   message InternedData {
     repeated Name event_names = 2;
     repeated Name debug_annotation_names = 3;
   }
   message Name { optional uint64 iid = 1; optional string name = 2; }`,
  { keepCase: true },
);
const Trace = root.lookupType('Trace');

interface Name {
  readonly iid: number;
  readonly name: string;
}
interface Packet {
  readonly timestamp?: number;
  readonly trusted_packet_sequence_id: number;
  readonly sequence_flags?: number;
  readonly first_packet_on_sequence?: boolean;
  readonly interned_data?: { event_names?: Name[]; debug_annotation_names?: Name[] };
  readonly track_descriptor?: {
    readonly uuid: number;
    readonly name?: string;
    readonly parent_uuid?: number;
    readonly process?: { readonly pid: number; readonly process_name: string };
    readonly counter?: { readonly unit?: number; readonly unit_name?: string };
    readonly sibling_order_rank?: number;
  };
  readonly track_event?: {
    readonly type: string;
    readonly track_uuid: number;
    readonly name_iid?: number;
    readonly counter_value?: number;
    readonly double_counter_value?: number;
    readonly debug_annotations?: { readonly name_iid: number; readonly int_value?: number }[];
  };
}

interface Slice {
  readonly track: string;
  readonly name: string;
  readonly fromUs: number;
  toUs: number | undefined;
  readonly detail: number | undefined;
}

/** The tables that a trace processor would fill; throws where it would count an error. */
function load(bytes: Uint8Array) {
  const trace = Trace.toObject(Trace.decode(bytes), { longs: Number, enums: String });
  const packets = (trace as { packet: Packet[] }).packet;
  const tracks = new Map<number, { name: string; counter: boolean; open: Slice[] }>();
  const names = new Map<number, string>();
  const details = new Map<number, string>();
  const slices: Slice[] = [];
  const counters: { track: string; us: number; value: number }[] = [];
  const instants: { track: string; us: number; name: string; detail: number | undefined }[] = [];
  let cleared = false;
  let process = '';
  for (const packet of packets) {
    if (packet.trusted_packet_sequence_id !== 1) throw new Error('a packet without its sequence');
    const flags = packet.sequence_flags ?? 0;
    if ((flags & 1) !== 0) cleared = true;
    if ((flags & 2) !== 0 && !cleared) throw new Error('needs a state that was never begun');
    for (const { iid, name } of packet.interned_data?.event_names ?? []) names.set(iid, name);
    for (const { iid, name } of packet.interned_data?.debug_annotation_names ?? []) {
      details.set(iid, name);
    }
    const described = packet.track_descriptor;
    if (described !== undefined) {
      if (tracks.has(described.uuid)) throw new Error('a track described twice');
      if (described.process !== undefined) process = described.process.process_name;
      else if (!tracks.has(described.parent_uuid ?? 0)) throw new Error('a track without parent');
      const counter = described.counter !== undefined;
      tracks.set(described.uuid, { name: described.name ?? '', counter, open: [] });
    }
    const event = packet.track_event;
    if (event === undefined) continue;
    const track = tracks.get(event.track_uuid);
    if (track === undefined) throw new Error('an event on no track');
    const us = (packet.timestamp ?? Number.NaN) / 1_000;
    const name = names.get(event.name_iid ?? 0) ?? '';
    const annotation = event.debug_annotations?.[0];
    if (annotation !== undefined && !details.has(annotation.name_iid)) throw new Error('no name');
    const detail = annotation?.int_value;
    if (track.counter !== (event.type === 'TYPE_COUNTER')) throw new Error('on the wrong track');
    if (name === '' && /BEGIN|INSTANT/.test(event.type)) throw new Error('an event without name');
    if (event.type === 'TYPE_SLICE_BEGIN') {
      const slice = { track: track.name, name, fromUs: us, toUs: undefined, detail };
      slices.push(slice);
      track.open.push(slice);
    } else if (event.type === 'TYPE_SLICE_END') {
      const slice = track.open.pop();
      if (slice === undefined) throw new Error('an end without a beginning');
      slice.toUs = us;
    } else if (event.type === 'TYPE_INSTANT') {
      instants.push({ track: track.name, us, name, detail });
    } else {
      const value = event.counter_value ?? event.double_counter_value ?? Number.NaN;
      counters.push({ track: track.name, us, value });
    }
    if (track.open.length > 1) throw new Error('slices that overlap on one track');
  }
  return { packets, slices, counters, instants, process, tracks };
}

const OPTIONS: PerfettoOptions = {
  title: 'escaping-lock',
  symbolNames: ['BTCUSD.s', 'ETHUSD.s'],
  taskNames: ['BTCUSD.s', 'ETHUSD.s', 'heartbeat'],
};
const { socket } = ObjectId;

type Stamp = (recorder: Recorder) => void;

function exportOf(stamps: readonly Stamp[], marks: readonly PerfettoMark[] = []) {
  const recorder = new Recorder({ keep: true, readers: [], capacity: 8 });
  for (const stamp of stamps) stamp(recorder);
  recorder.finish();
  const pieces = [...perfettoTrace(recorder.segments, OPTIONS, marks)];
  return { pieces, bytes: Buffer.concat(pieces) };
}

const at =
  (us: number, kind: EventKind, symbol: number, a: number, b = 0, value = 0): Stamp =>
  (recorder) => {
    recorder.nowUs = us;
    recorder.stamp(kind, symbol === NONE ? 2 : symbol, symbol, socket, a, b, value);
  };

const sliceRows = (slices: readonly Slice[]) =>
  slices.map((s) => [s.track, s.name, s.fromUs, s.toUs, s.detail]);
const valuesOf = (counters: ReturnType<typeof load>['counters'], track: string) =>
  counters.filter((c) => c.track === track).map((c) => c.value);

describe("an export in Perfetto's format", () => {
  it('shows who waits and who holds, in one process, on tracks of their own', () => {
    const { bytes } = exportOf([
      at(0, EventKind.request, 0, 1),
      at(0, EventKind.grant, 0, 1),
      at(10, EventKind.enter, 0, 1),
      at(20, EventKind.request, 1, 2),
      at(30, EventKind.exit, 0, 1),
      at(30, EventKind.release, 0, 1),
      at(30, EventKind.grant, 1, 2),
      at(31, EventKind.enter, 1, 2),
      at(40, EventKind.exit, 1, 2),
      at(50, EventKind.request, 1, 3),
      at(60, EventKind.timeout, 1, 3),
    ]);
    const { slices, counters, process } = load(bytes);
    expect(process).toBe('escaping-lock');
    expect(sliceRows(slices)).toEqual([
      ['BTCUSD.s waiting', 'wait', 0, 0, 1],
      ['BTCUSD.s', 'hold', 10, 30, 1],
      ['ETHUSD.s waiting', 'wait', 20, 30, 2],
      ['ETHUSD.s', 'hold', 31, 40, 2],
      ['ETHUSD.s waiting', 'wait', 50, 60, 3],
    ]);
    expect(valuesOf(counters, 'waiting for the lock')).toEqual([1, 0, 1, 0, 1, 0]);
    expect(valuesOf(counters, 'holders of the socket')).toEqual([1, 0, 1, 0]);
  });

  it('keeps slices of one symbol apart that overlap, and leaves open what never ends', () => {
    const { slices, tracks } = load(
      exportOf([
        at(0, EventKind.enter, 0, 1),
        at(5, EventKind.enter, 0, 2),
        at(10, EventKind.exit, 0, 1),
        at(12, EventKind.enter, 0, 3),
        at(15, EventKind.exit, 0, 2),
        at(20, EventKind.exit, 0, 9),
      ]).bytes,
    );
    expect(sliceRows(slices)).toEqual([
      ['BTCUSD.s', 'hold', 0, 10, 1],
      ['BTCUSD.s', 'hold', 5, 15, 2],
      ['BTCUSD.s', 'hold', 12, undefined, 3],
    ]);
    expect([...tracks.values()].filter((track) => track.name === 'BTCUSD.s')).toHaveLength(2);
  });

  it('shows what happens at the socket, and names those without a symbol by their task', () => {
    const { slices, instants } = load(
      exportOf([
        at(0, EventKind.socketOpen, NONE, 0),
        at(1, EventKind.send, 0, 7),
        at(2, EventKind.send, NONE, 8),
        at(3, EventKind.receive, 0, 7),
        at(4, EventKind.socketError, NONE, 8, SocketErrorCode.EFSM * 4 + SocketOp.receive),
        at(5, EventKind.receive, 0, 7),
        at(6, EventKind.send, 1, 9),
        at(7, EventKind.socketClose, NONE, 0),
      ]).bytes,
    );
    expect(sliceRows(slices)).toEqual([
      ['socket', 'BTCUSD.s', 1, 3, 7],
      ['socket', 'heartbeat', 2, 4, 8],
      ['socket', 'ETHUSD.s', 6, 7, 9],
    ]);
    expect(instants.map((i) => [i.track, i.us, i.name])).toEqual([
      ['socket', 0, 'open'],
      ['socket', 4, 'EFSM in receive'],
      ['socket', 5, 'stray reply'],
      ['socket', 7, 'close'],
    ]);
  });

  it('counts the money in cents: what was earned beside what the aggregator says', () => {
    const { counters, instants, tracks } = load(
      exportOf([
        at(1, EventKind.fill, 0, 1, 0, -6_280),
        at(1, EventKind.metrics, 0, 1, 0, -6_280),
        at(2, EventKind.fill, 1, 2, 0, 10_000),
        at(3, EventKind.metrics, 1, 2, 1, 9_999.5),
        at(4, EventKind.breaker, NONE, 0, BreakerState.open),
      ]).bytes,
    );
    expect(valuesOf(counters, 'PnL, ledger')).toEqual([-6_280, 3_720]);
    expect(valuesOf(counters, 'PnL, aggregator')).toEqual([-6_280, 3_719.5]);
    expect(instants.map((i) => [i.track, i.name, i.detail])).toEqual([
      ['BTCUSD.s', 'fill', -6_280],
      ['ETHUSD.s', 'fill', 10_000],
      ['risk', 'breaker open', undefined],
    ]);
    expect([...tracks.values()].some((track) => track.name === 'violations')).toBe(false);
  });

  it('points at violations where they happened', () => {
    const text = 'lock.exclusion: ETHUSD.s entered while BTCUSD.s held — 価格';
    const { instants } = load(
      exportOf([at(0, EventKind.enter, 0, 1)], [{ text, at: { seq: 17, timeUs: 11_000 } }]).bytes,
    );
    expect(instants).toEqual([{ track: 'violations', us: 11_000, name: text, detail: 17 }]);
  });

  it('can be loaded whatever the trace is', () => {
    const stamp = fc.record({
      kind: fc.constantFrom(...Object.values(EventKind)),
      gapUs: fc.nat(100),
      task: fc.nat(NONE),
      symbol: fc.constantFrom(0, 1, 7, NONE),
      a: fc.nat(6),
      b: fc.nat(30),
      value: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    });
    fc.assert(
      fc.property(fc.array(stamp, { maxLength: 80 }), (stamps) => {
        const { bytes } = exportOf(
          stamps.map(({ kind, gapUs, task, symbol, a, b, value }) => (recorder) => {
            recorder.nowUs += gapUs;
            recorder.stamp(kind, task, symbol, socket, a, b, value);
          }),
        );
        const { counters } = load(bytes);
        const queue = [
          ...valuesOf(counters, 'waiting for the lock'),
          ...valuesOf(counters, 'holders of the socket'),
        ];
        expect(queue.every((value) => value >= 0)).toBe(true);
      }),
    );
  });

  it('leaves in pieces that are bounded, and each name is written once', () => {
    const stamps = Array.from({ length: 20_000 }, (_, i) =>
      at(i, i % 2 === 0 ? EventKind.enter : EventKind.exit, 0, i >> 1),
    );
    const { pieces, bytes } = exportOf(stamps);
    expect(pieces.length).toBeGreaterThan(4);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(PIECE_BYTES + 1_000);
    const { packets, slices } = load(bytes);
    expect(slices).toHaveLength(10_000);
    const interned = packets.flatMap((packet) => packet.interned_data?.event_names ?? []);
    expect(interned.map((name) => name.name)).toEqual(['hold']);
    expect(packets[0]?.first_packet_on_sequence).toBe(true);
  });
});

describe('the loader of this test', () => {
  it('refuses what Perfetto would count as an error', () => {
    const whole = exportOf([at(0, EventKind.enter, 0, 1), at(1, EventKind.exit, 0, 1)]).bytes;
    const trace = Trace.toObject(Trace.decode(whole)) as { packet: Packet[] };
    const without = (drop: (packet: Packet) => boolean) =>
      Trace.encode(
        Trace.fromObject({ packet: trace.packet.filter((packet) => !drop(packet)) }),
      ).finish();
    const isBegin = (packet: Packet) => packet.interned_data?.event_names !== undefined;
    expect(() => load(without(isBegin))).toThrow('an end without a beginning');
    expect(() => load(without((p) => p.track_descriptor?.name === 'BTCUSD.s'))).toThrow('no track');
    expect(() => load(without((p) => p.track_descriptor?.process !== undefined))).toThrow();
  });
});
