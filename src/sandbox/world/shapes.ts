/** How big and how varied a generated world is. All counts are whole numbers. */
export interface WorldShape {
  readonly people: number;
  readonly customerChannels: number;
  readonly otherChannels: number;
  /** Members of each customer channel, team included; null: a handful, as in life. */
  readonly membersPerChannel: number | null;
  /** Top-level messages generated for a channel; the generator varies it between half and this. */
  readonly messagesPerChannel: number;
  /** Size of one very large channel ("all-hands"), or 0 for none. */
  readonly largestChannelMembers: number;
  readonly guestShare: number;
  readonly externalShare: number;
  readonly deactivatedShare: number;
}

const LIVELY = { guestShare: 0.3, externalShare: 0.2, deactivatedShare: 0.06 };

/** The worlds that have a name. `huge` is about speed and size, so nearly everybody in it is a full member. */
export const NAMED_SHAPES: Readonly<Record<"reference" | "small" | "huge", WorldShape>> = {
  reference: {
    ...LIVELY,
    people: 350,
    customerChannels: 72,
    otherChannels: 300,
    membersPerChannel: null,
    messagesPerChannel: 400,
    largestChannelMembers: 0,
  },
  small: {
    ...LIVELY,
    people: 48,
    customerChannels: 6,
    otherChannels: 6,
    membersPerChannel: null,
    messagesPerChannel: 60,
    largestChannelMembers: 0,
  },
  huge: {
    people: 20_400,
    customerChannels: 1_000,
    otherChannels: 40,
    membersPerChannel: 500,
    messagesPerChannel: 1_000,
    largestChannelMembers: 20_000,
    guestShare: 0.005,
    externalShare: 0.005,
    deactivatedShare: 0.002,
  },
};

/** What a world file's `generate` block may say; anything it leaves out comes from the reference world. */
export interface GenerateParameters {
  readonly channels?: number;
  readonly customerChannels?: number;
  readonly membersPerChannel?: number;
  readonly messages?: number;
  readonly people?: number;
  readonly largestChannelMembers?: number;
}

/** The shape a `generate` block asks for. `channels` counts all channels, customer channels included. */
export function shapeFromParameters(parameters: GenerateParameters): WorldShape {
  const reference = NAMED_SHAPES.reference;
  const customerChannels =
    parameters.customerChannels ?? Math.min(reference.customerChannels, parameters.channels ?? 72);
  const channels = parameters.channels ?? customerChannels + reference.otherChannels;
  const wanted = Math.max(parameters.membersPerChannel ?? 0, parameters.largestChannelMembers ?? 0);
  return {
    ...reference,
    customerChannels,
    otherChannels: Math.max(1, channels - customerChannels),
    membersPerChannel: parameters.membersPerChannel ?? null,
    messagesPerChannel: parameters.messages ?? reference.messagesPerChannel,
    // Guests and outsiders are not put into crowded channels, so a crowd needs twice as many people.
    people: Math.max(parameters.people ?? reference.people, wanted * 2),
    largestChannelMembers: parameters.largestChannelMembers ?? 0,
  };
}
