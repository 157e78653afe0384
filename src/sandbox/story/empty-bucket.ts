import { MARIA } from '../cast.js';
import type { StoryCase } from './story-case.js';

const HOURS = 60;
/** The one that ended well: two days old, answered, thanked for, resolved. */
export function emptyBucket(): StoryCase {
  return {
    subject: 'We pay for 3.1 TB in an empty S3 bucket',
    severity: 'low',
    service: 'amazon-simple-storage-service',
    category: 'general-guidance',
    said: [
      {
        minutesAgo: 46 * HOURS,
        by: MARIA,
        body: `Hello,

our bill shows about 3.1 TB of standard storage for the bucket acme-press-kit (us-east-1). The bucket is empty: the console lists no objects, "aws s3 ls --recursive" prints nothing, versioning was never on, and the colleague who might know more has retired.

What are we paying for, and how do we stop?

Regards,
Maria Lopez
Acme, Finance Engineering`,
      },
      {
        minutesAgo: 41 * HOURS,
        by: null,
        body: `Hello Maria,

Thank you for contacting AWS Support. My name is Dana, and I will be assisting you with this case.

The bucket holds no objects, but it does hold 412 multipart uploads that were started and never completed or aborted. Their parts are stored, and billed, until one of the two happens. They do not appear in object listings. You can see them with:

    aws s3api list-multipart-uploads --bucket acme-press-kit

To remove them, and to keep them from coming back, I recommend a lifecycle rule:

    aws s3api put-bucket-lifecycle-configuration --bucket acme-press-kit \\
      --lifecycle-configuration '{"Rules":[{"ID":"abort-incomplete-uploads",
        "Status":"Enabled","Filter":{"Prefix":""},
        "AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}'

Note that this command replaces an existing lifecycle configuration; this bucket has none. The rule is applied within about a day. Aborting an upload cannot be undone.

More: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html

Please let me know whether this answers your question.

Best regards,
Dana R.
Amazon Web Services`,
      },
      {
        minutesAgo: 22 * HOURS,
        by: MARIA,
        body: `Hello Dana,

it does, thank you. The rule is in place, and the bucket is now as empty as it looks. I am closing the case.

Maria`,
      },
    ],
    end: { resolvedMinutesAgo: 22 * HOURS - 1, by: MARIA },
  };
}
