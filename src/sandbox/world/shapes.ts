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
  readonly telegram: TelegramShape;
}

/** The Telegram side of a generated world. */
export interface TelegramShape {
  /** Groups made for a customer that the anchor's account is in. */
  readonly customerGroups: number;
  /** All other groups, `unseenCustomerGroups` included. */
  readonly otherGroups: number;
  /** Customers' groups without the anchor's account. */
  readonly unseenCustomerGroups: number;
  /** Members of each customers' group; null: 3 to 50, mostly few, as in life. */
  readonly membersPerGroup: number | null;
  /** Messages generated for a group; the generator varies it between half and this. */
  readonly messagesPerGroup: number;
  /** Size of one group whose member list is hidden, and of one beyond the 10,000 that can be listed; 0: none. */
  readonly hiddenCrowd: number;
  readonly cappedCrowd: number;
}

const NO_TELEGRAM: TelegramShape = {
  customerGroups: 0,
  otherGroups: 0,
  unseenCustomerGroups: 0,
  membersPerGroup: null,
  messagesPerGroup: 0,
  hiddenCrowd: 0,
  cappedCrowd: 0,
};

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
    telegram: {
      customerGroups: 402,
      otherGroups: 198,
      unseenCustomerGroups: 12,
      membersPerGroup: null,
      messagesPerGroup: 400,
      hiddenCrowd: 9_000,
      cappedCrowd: 12_000,
    },
  },
  small: {
    ...LIVELY,
    people: 48,
    customerChannels: 6,
    otherChannels: 6,
    membersPerChannel: null,
    messagesPerChannel: 60,
    largestChannelMembers: 0,
    telegram: {
      customerGroups: 24,
      otherGroups: 16,
      unseenCustomerGroups: 2,
      membersPerGroup: null,
      messagesPerGroup: 60,
      hiddenCrowd: 300,
      cappedCrowd: 0,
    },
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
    telegram: {
      customerGroups: 1_000,
      otherGroups: 40,
      unseenCustomerGroups: 5,
      membersPerGroup: 500,
      messagesPerGroup: 1_000,
      hiddenCrowd: 9_000,
      cappedCrowd: 12_000,
    },
  },
};

/** What a world file's `generate` block may say; anything it leaves out comes from the reference world; Telegram groups are made only when asked for. */
export interface GenerateParameters {
  readonly channels?: number;
  readonly customerChannels?: number;
  readonly membersPerChannel?: number;
  readonly messages?: number;
  readonly people?: number;
  readonly largestChannelMembers?: number;
  readonly telegramGroups?: number;
  readonly telegramCustomerGroups?: number;
  readonly telegramMembersPerGroup?: number;
}

/** The shape a `generate` block asks for. `channels` counts all channels, customer channels included. */
export function shapeFromParameters(parameters: GenerateParameters): WorldShape {
  const reference = NAMED_SHAPES.reference;
  const customerChannels =
    parameters.customerChannels ?? Math.min(reference.customerChannels, parameters.channels ?? 72);
  const channels = parameters.channels ?? customerChannels + reference.otherChannels;
  const wanted = Math.max(
    parameters.membersPerChannel ?? 0,
    parameters.largestChannelMembers ?? 0,
    parameters.telegramMembersPerGroup ?? 0,
  );
  return {
    ...reference,
    customerChannels,
    otherChannels: Math.max(1, channels - customerChannels),
    membersPerChannel: parameters.membersPerChannel ?? null,
    messagesPerChannel: parameters.messages ?? reference.messagesPerChannel,
    // Guests and outsiders are not put into crowded channels, so a crowd needs twice as many people.
    people: Math.max(parameters.people ?? reference.people, wanted * 2),
    largestChannelMembers: parameters.largestChannelMembers ?? 0,
    telegram: telegramShape(parameters),
  };
}

function telegramShape(parameters: GenerateParameters): TelegramShape {
  const customerGroups = parameters.telegramCustomerGroups ?? 0;
  return {
    ...NO_TELEGRAM,
    customerGroups,
    otherGroups: Math.max(0, (parameters.telegramGroups ?? customerGroups) - customerGroups),
    membersPerGroup: parameters.telegramMembersPerGroup ?? null,
    messagesPerGroup: parameters.messages ?? NAMED_SHAPES.reference.telegram.messagesPerGroup,
  };
}
