/**
 * What people are told of who has a case and who follows it. Slack markup; what is passed in must be escaped.
 */
export const PEOPLE_WORDS = {
  taken: (name: string) =>
    `:eyes: You have ${name} now. The card shows it, and I write to you directly whenever AWS answers. “Mute” ends those messages; “Give it back” takes your name off the card.`,
  takenOver: (name: string, before: string) =>
    `:eyes: You have taken over ${name} from ${before}, and I tell them so. The card shows it, and I write to you directly whenever AWS answers. “Mute” ends those messages; “Give it back” takes your name off the card.`,
  yoursAlready: (name: string) =>
    `:eyes: You have ${name} already, so nothing was changed. “Give it back” takes your name off the card.`,
  givenBack: (name: string) =>
    `Nobody has ${name} now: your name is off the card. “Follow” keeps the messages about AWS's answers coming.`,
  notYoursToGive: (name: string, owner: string | null) =>
    owner === null
      ? `Nobody has ${name}, so there was nothing to give back. “I'll take it” makes it yours.`
      : `${owner} has ${name}, so nothing was changed. “I'll take it” makes it yours.`,

  follows: (name: string) =>
    `:bell: You follow ${name}: I write to you directly whenever AWS answers. “Mute” ends that.`,
  muted: (name: string) => `:no_bell: You get no messages about ${name}. “Follow” brings them back.`,
  mutedOwner: (name: string) =>
    `:no_bell: You get no messages about ${name}, and it stays yours: the card still shows your name. “Follow” brings the messages back.`,

  noCase:
    'I have no record of this case any more, so nothing was done. `/support list all` shows those that I know.',
  whichCase:
    'This thread belongs to no case that I know, so nothing was done. `/support list`, typed in a channel, shows the open cases, with links to their threads.',

  whoTitle: 'Who is on ',
  owner: 'Owner: ',
  nobodyOwns: "nobody yet; “I'll take it” makes it yours",
  followers: 'Told when AWS answers: ',
  nobodyFollows: 'nobody',
  writers: 'Have written: ',
  nobodyWrote: 'nobody yet',
  you: ' (you)',
  andMore: (n: number) => `and ${n} more`,
  earlierWriters: 'Earlier messages may be from others as well.',
  onlyFromSlack: (why: string) => `AWS does not say now who else has written. ${why}`,
  awsIsSlow: 'Ask again in a minute.',
  youMuted: 'You have muted it.',
} as const;
