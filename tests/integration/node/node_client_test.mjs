// A partner's program in another language: it has the .proto files, @grpc/grpc-js and nothing of
// ours. Starts the daemon in a temporary directory, submits referrals and reads the report.
//
//   DAYBOOKD       the built daemon
//   DAYBOOK_NODE   folder whose node_modules hold the packages of package.json
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, watch} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const require = createRequire(join(process.env.DAYBOOK_NODE, 'package.json'));
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');
const protobuf = require('protobufjs');

const protos = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'proto');
const services = grpc.loadPackageDefinition(protoLoader.loadSync(
    ['partners', 'referrals', 'reports'].map((name) => `daybook/${name}/v1/${name}_service.proto`),
    {includeDirs: [protos], keepCase: true, longs: Number, enums: String, defaults: true}));
const details = new protobuf.Root().loadSync(
    join(protos, 'google/rpc/error_details.proto'), {keepCase: true});

const agency = new grpc.Metadata();
agency.set('daybook-agency', 'refuge-service');
agency.set('daybook-actor', 'node-client');

// One unary call; rejects with the gRPC error.
function call(client, method, request) {
  return new Promise((resolve, reject) => client[method](
      request, agency, (error, answer) => error ? reject(error) : resolve(answer)));
}

// The messages of google.rpc.Status that the error carries, by type name.
function detailsOf(error) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const status = details.lookupType('google.rpc.Status').decode(bytes);
  return Object.fromEntries(status.details.map((any) => {
    const name = any.type_url.split('/').pop();
    const type = details.lookupType(name);
    return [name, type.toObject(type.decode(any.value))];
  }));
}

// The first line of a file that another process puts in place whole.
function firstLineOf(folder, name) {
  return new Promise((resolve) => {
    const look = () => {
      try {
        resolve(readFileSync(join(folder, name), 'utf8').split('\n')[0]);
        watcher.close();
      } catch { /* not there yet: the watcher tells */ }
    };
    const watcher = watch(folder, look);
    look();
  });
}

let folder, daemon, partners, referrals, reports;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-node-'));
  daemon = spawn(process.env.DAYBOOKD, [
    '--data', join(folder, 'data'), '--listen', '127.0.0.1:0', '--feed', 'off', '--metrics', 'off', '--log-level',
    'error', '--address-file', join(folder, 'address'),
  ], {stdio: ['ignore', 'inherit', 'inherit']});
  const ended = once(daemon, 'exit').then(([code]) => {
    throw new Error(`daybookd ended with ${code} before it served`);
  });
  const address = await Promise.race([firstLineOf(folder, 'address'), ended]);
  ended.catch(() => {});
  const {daybook} = services;
  const channel = [address, grpc.credentials.createInsecure()];
  partners = new daybook.partners.v1.PartnerService(...channel);
  referrals = new daybook.referrals.v1.ReferralService(...channel);
  reports = new daybook.reports.v1.ReportService(...channel);
  await call(partners, 'RegisterArea', {
    head: {request_id: 'area'}, area_id: 'colchester', name: 'Colchester', kind: 'district',
  });
});

after(async () => {
  for (const client of [partners, referrals, reports]) client?.close();
  daemon.kill('SIGTERM');
  if (daemon.exitCode === null) await once(daemon, 'exit');
  rmSync(folder, {recursive: true, force: true});
});

const referral = (id, received) =>
    ({referral_id: id, service_id: 'refuge', received, area: 'Colchester'});

// Months of the counts of recorded referrals: [month, value].
async function countsAt(position) {
  const answer = await call(reports, 'GetReferralTrend',
                            {service_id: 'refuge', as_of: {min_position: position}});
  const records = answer.series.filter((series) => series.measure_id === 'records');
  const points = records.flatMap((series) => series.points);
  return points.filter((point) => point.period.kind === 'KIND_MONTH')
      .map((point) => [point.period_label, point.value]);
}

test('a referral that is submitted is in the report that is asked for at its position', async () => {
  const request = {head: {request_id: 'r1'}, referral: referral('r1', '2024-01-15')};
  const {receipt} = await call(referrals, 'SubmitReferral', request);
  assert.equal(receipt.duplicate, false);
  assert.deepEqual(await countsAt(receipt.position), [['2024-01', '1']]);

  const again = await call(referrals, 'SubmitReferral', request);
  assert.equal(again.receipt.duplicate, true);
  assert.deepEqual(await countsAt(again.receipt.position), [['2024-01', '1']]);
});

test('a session answers every row, and a bad row costs no good one', async () => {
  const session = referrals.SubmitReferrals(agency);
  const answers = [];
  session.on('data', (answer) => answers.push(answer));
  const rows = [referral('s1', '2024-02-01'), referral('', '2024-02-02'),
                referral('s3', '2024-02-03')].map((row, i) => ({...row, row: i + 1}));
  session.write({head: {request_id: 'm1'}, rows});
  session.write({head: {request_id: 'm2'}, rows: [{...referral('s4', '2024-03-01'), row: 4}]});
  session.end();
  await once(session, 'end');
  assert.deepEqual(answers.map((answer) => answer.request_id), ['m1', 'm2']);
  assert.deepEqual(answers[0].results.map((result) => result.outcome),
                   ['OUTCOME_RECORDED', 'OUTCOME_REFUSED', 'OUTCOME_RECORDED']);
  const [finding] = answers[0].results[1].findings;
  assert.equal(finding.field, 'referral_id');
  assert.equal(finding.reason, 'MISSING_FIELD');
  assert.notEqual(finding.remedy, '');
  assert.deepEqual(await countsAt(answers[1].receipt.position),
                   [['2024-01', '1'], ['2024-02', '2'], ['2024-03', '1']]);
});

test('an error says reason, field and remedy in the details of its status', async () => {
  const bad = {head: {request_id: 'bad'}, referral: {...referral('b1', '2024-01-15'), area: 'Nowhere'}};
  await assert.rejects(call(referrals, 'SubmitReferral', bad), (error) => {
    assert.ok([grpc.status.INVALID_ARGUMENT, grpc.status.NOT_FOUND].includes(error.code), error);
    const told = detailsOf(error);
    assert.equal(told['google.rpc.ErrorInfo'].reason, 'UNKNOWN_AREA');
    assert.notEqual(told['google.rpc.ErrorInfo'].metadata.remedy, undefined);
    assert.equal(told['google.rpc.BadRequest'].field_violations[0].field, 'referral.area');
    return true;
  });
});
