import assert from 'node:assert/strict';
import {
  DescribeCasesCommand,
  DescribeSeverityLevelsCommand,
  DescribeTrustedAdvisorChecksCommand,
  ResolveCaseCommand,
  SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const A = '111122223333';
const B = '444455556666';

describe('AWS stand-in: access', () => {
  let aws: Aws;
  const clientWith = (accessKeyId: string, secretAccessKey: string) =>
    new SupportClient({
      endpoint: aws.url,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey },
    });

  beforeEach(async () => {
    aws = await startAws({
      accounts: [
        { id: A, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'secret-a' },
        { id: B, accessKeyId: 'AKIABBBBBBBBBBBBBBBB', secretAccessKey: 'secret-b', deny: ['ResolveCase'] },
      ],
    });
  });
  afterEach(() => aws.stop());

  it('chooses the account by the access key, in any Region', async () => {
    const mine = aws.openCase({ account: A, subject: 'of A', body: 'text' });
    aws.openCase({ account: B, subject: 'of B', body: 'text' });
    const { cases } = await clientWith('AKIAAAAAAAAAAAAAAAAA', 'secret-a').send(new DescribeCasesCommand({}));
    assert.deepEqual(
      cases?.map(({ caseId }) => caseId),
      [mine.caseId],
    );
    assert.equal(aws.calls[0]?.account, A);
  });

  it('knows no case of another account, not even by its id', async () => {
    const theirs = aws.openCase({ account: B, subject: 'of B', body: 'text' });
    const client = supportClient(aws, A);
    const error = await refusal(client.send(new DescribeCasesCommand({ caseIdList: [theirs.caseId] })));
    assert.equal(error.name, 'CaseIdNotFound');
  });

  it('refuses an unknown key and a wrong secret', async () => {
    const unknown = clientWith('AKIAXXXXXXXXXXXXXXXX', 'secret-a').send(new DescribeCasesCommand({}));
    assert.equal((await refusal(unknown)).name, 'UnrecognizedClientException');
    const wrong = clientWith('AKIAAAAAAAAAAAAAAAAA', 'secret-b').send(new DescribeCasesCommand({}));
    assert.equal((await refusal(wrong)).name, 'InvalidSignatureException');
  });

  it('refuses what is not signed, or signed for another service', async () => {
    const headers = {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSSupport_20130415.DescribeCases',
    };
    const unsigned = await fetch(aws.url, { method: 'POST', headers, body: '{}' });
    assert.equal(unsigned.status, 400);
    assert.deepEqual(await unsigned.json(), {
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });

    const Authorization = `AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`;
    const foreign = await fetch(aws.url, {
      method: 'POST',
      headers: { ...headers, Authorization, 'X-Amz-Date': '20260101T000000Z' },
      body: '{}',
    });
    assert.match(await foreign.text(), /InvalidSignatureException.*'support'/);
  });

  it('answers only POST /, only AWS JSON 1.1 and only operations it knows', async () => {
    assert.equal((await fetch(aws.url)).status, 404);
    assert.equal((await fetch(`${aws.url}/aws`, { method: 'POST', body: '{}' })).status, 404);
    const client = supportClient(aws);
    const unknown = client.send(new DescribeTrustedAdvisorChecksCommand({ language: 'en' }));
    assert.equal((await refusal(unknown)).name, 'UnknownOperationException');
    const headers = {
      'Content-Type': 'application/json',
      'X-Amz-Target': 'AWSSupport_20130415.DescribeCases',
    };
    const plain = await fetch(aws.url, { method: 'POST', headers, body: '{}' });
    assert.match(await plain.text(), /SerializationException/);
  });

  it('denies single operations', async () => {
    const { caseId } = aws.openCase({ account: B, subject: 's', body: 'b' });
    const client = supportClient(aws, B);
    const error = await refusal(client.send(new ResolveCaseCommand({ caseId })));
    assert.equal(error.name, 'AccessDeniedException');
    assert.match(error.message, /support:ResolveCase/);
    aws.account(B).deny = [];
    await client.send(new ResolveCaseCommand({ caseId }));
    assert.equal(aws.case(caseId).status, 'resolved');
  });

  it('needs a support plan', async () => {
    aws.account(A).plan = 'none';
    const error = await refusal(supportClient(aws, A).send(new DescribeSeverityLevelsCommand({})));
    assert.equal(error.name, 'SubscriptionRequiredException');
    assert.equal(
      error.message,
      'Amazon Web Services Premium Support Subscription is required to use this service.',
    );
    await supportClient(aws, B).send(new DescribeSeverityLevelsCommand({}));
    aws.account(A).plan = 'business';
    await supportClient(aws, A).send(new DescribeSeverityLevelsCommand({}));
  });
});
