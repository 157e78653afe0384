import assert from 'node:assert/strict';
import { findServices } from '../../../src/commands/create/find-services.js';
import { likelyIssueType } from '../../../src/commands/create/issue-type.js';
import { coded, idOf, option } from '../../../src/commands/create/options.js';
import type { Service } from '../../../src/support/support-api.js';

const services: Service[] = [
  ['amazon-redshift', 'Redshift'],
  ['amazon-relational-database-service-mysql', 'Relational Database Service (MySQL)'],
  ['amazon-elastic-compute-cloud-linux', 'Elastic Compute Cloud (EC2 - Linux)'],
  ['ec2-container-service', 'Elastic Container Service (ECS)'],
].map(([code = '', name = '']) => ({ code, name, categories: [] }));

describe('services in the form that opens a case', () => {
  const find = (typed: string, recent: string[] = []) =>
    findServices(services, typed, recent).map(({ code }) => code.split('-').at(-1));

  it('are found by words of the name before beginnings, and by the code last', () => {
    assert.deepEqual(find('EC2'), ['linux', 'service']);
    assert.deepEqual(find('re'), ['redshift', 'mysql']);
    assert.deepEqual(find('service elastic'), ['service']);
    assert.deepEqual(find('hift'), ['redshift']);
    assert.deepEqual(find(' - ( '), find(''));
  });

  it('are found by abbreviations, by initials, and in spite of a slip', () => {
    assert.deepEqual(find('rds'), ['mysql']);
    assert.deepEqual(find('RDS mysql'), ['mysql']);
    assert.deepEqual(find('ecs'), ['service']);
    assert.deepEqual(find('redshft'), ['redshift']);
    assert.deepEqual(find('elastc'), ['linux', 'service']);
    const of = (name: string) => [{ code: 'x', name, categories: [] }];
    for (const [name, typed] of [
      ['Simple Storage Service', 's3'],
      ['AWS Identity and Access Management', 'iam'],
      ['CloudWatch', 'cloud watch'],
      ['API Gateway', 'apigateway'],
    ] as const)
      assert.equal(findServices(of(name), typed, []).length, 1, typed);
  });

  it('are found by any word that fits where none holds all, those that hold more first', () => {
    assert.deepEqual(find('redshift bucket'), ['redshift']);
    assert.deepEqual(find('my ec2 is slow'), ['linux', 'service']);
    assert.deepEqual(find('a container with ec2'), ['service', 'linux']);
    assert.deepEqual(find('no such thing'), []);
    assert.deepEqual(find('it is my'), []);
  });

  it('come in the order of their latest cases, then by name', () => {
    assert.deepEqual(find('', ['amazon-redshift', 'gone']), ['redshift', 'linux', 'service', 'mysql']);
    assert.deepEqual(find('re', ['amazon-relational-database-service-mysql']), ['mysql', 'redshift']);
  });

  it('are told apart also where codes and names are longer than Slack takes', () => {
    const long = ['x', 'y'].map((end) => ({ code: `${'a'.repeat(99)}${end}`, name: 'n'.repeat(200) }));
    for (const each of long) {
      const { value = '', text } = option(each.name, each.code);
      assert.ok(value.length <= 75 && text.text.length <= 75);
      assert.equal(coded(long, value), each);
    }
    assert.equal(idOf('aws-lambda'), 'aws-lambda');
  });

  it('of account and billing are taken for no technical ones', () => {
    assert.equal(likelyIssueType('billing'), 'customer-service');
    assert.equal(likelyIssueType('account-management'), 'customer-service');
    assert.equal(likelyIssueType('general-info'), 'technical');
    assert.equal(likelyIssueType('accountant'), 'technical');
  });
});
