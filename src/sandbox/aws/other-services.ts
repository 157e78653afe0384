import type { IncomingMessage, ServerResponse } from 'node:http';

const OURS = ['support', 'sts'];

/**
 * The bot may use AWS Support and take roles, and no other service of AWS, as a role made for it would be: so the doctor is
 * told, when it looks at EventBridge or CloudTrail. True where the request was for another service, and is answered.
 */
export function refuseOtherService(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): boolean {
  const service = /Credential=[^/]+\/\d{8}\/[^/]+\/([\w-]+)\//.exec(request.headers.authorization ?? '')?.[1];
  if (service === undefined || OURS.includes(service)) return false;
  const target = request.headers['x-amz-target'];
  const isJson = typeof target === 'string';
  // Meant for AWS Support and signed for another: refused for its signature.
  if (isJson && target.startsWith('AWSSupport_')) return false;
  const action = isJson
    ? target.slice(target.lastIndexOf('.') + 1)
    : new URLSearchParams(body.toString('utf8')).get('Action');
  const message = `User is not authorized to perform: ${service}:${action} because no identity-based policy allows the ${service}:${action} action`;
  if (isJson) {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
  } else {
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  }
  return true;
}
