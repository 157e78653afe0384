/** What a person did to a case from Slack, as the outbox remembers it. */
export interface Deed {
  /** The reference in the stamp line; ten characters. */
  readonly reference: string;
  readonly kind: 'reply' | 'resolve';
  /** `underway`: AWS may or may not have it; `done`: AWS has it; `undone`: it was refused or given up. */
  readonly state: 'underway' | 'done' | 'undone';
  /** The person's name, as it stands in the stamp. */
  readonly person: string;
  /** The person's words without the stamp; '' for a resolve, and once AWS shows the reply. */
  readonly text: string;
  /** True for a reply that the person sent knowing that it reopens the case. */
  readonly reopens: boolean;
  /** When it was sent to AWS, milliseconds since 1970, by our clock. */
  readonly at: number;
  /** Its files stand in the thread of the case: in the message by which the person sent it. Not there: they do not. */
  readonly filesInThread?: boolean;
  /** AWS's id of the request; not there: AWS did not tell. */
  readonly requestId?: string;
}
