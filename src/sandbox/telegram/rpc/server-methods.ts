import { HOME_DC, OTHER_DC } from "#sandbox/telegram/accounts.ts";
import type { OpenCall, OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** A configuration is good for an hour, as the real server says. */
const CONFIG_VALID_S = 3_600;

/** What the server tells about itself: core.telegram.org/api/config (checked 2026-11). */
export const SERVER_METHODS: OpenMethodTable = {
  "help.getConfig": (_request, call) => describeServer(call),
  "help.getNearestDc": () => ({
    _: "nearestDc",
    country: "DE",
    this_dc: HOME_DC,
    nearest_dc: HOME_DC,
  }),
  "help.getAppConfig": () => ({
    _: "help.appConfig",
    hash: 1,
    config: { _: "jsonObject", value: [] },
  }),
  "help.getCdnConfig": () => ({ _: "cdnConfig", public_keys: [] }),
  "help.getTermsOfServiceUpdate": (_request, call) => ({
    _: "help.termsOfServiceUpdateEmpty",
    expires: call.nowS + CONFIG_VALID_S,
  }),
};

function describeServer({ side, key, nowS }: OpenCall): TlObject {
  const { host, port } = side.address;
  return {
    _: "config",
    date: nowS,
    expires: nowS + CONFIG_VALID_S,
    test_mode: false,
    this_dc: key.dcId ?? HOME_DC,
    dc_options: [HOME_DC, OTHER_DC].map((id) => ({ _: "dcOption", id, ip_address: host, port })),
    dc_txt_domain_name: "",
    chat_size_max: 200,
    megagroup_size_max: 200_000,
    forwarded_count_max: 100,
    online_update_period_ms: 210_000,
    offline_blur_timeout_ms: 5_000,
    offline_idle_timeout_ms: 30_000,
    online_cloud_timeout_ms: 300_000,
    notify_cloud_delay_ms: 30_000,
    notify_default_delay_ms: 1_500,
    push_chat_period_ms: 60_000,
    push_chat_limit: 2,
    edit_time_limit: 172_800,
    revoke_time_limit: 2_147_483_647,
    revoke_pm_time_limit: 2_147_483_647,
    rating_e_decay: 2_419_200,
    stickers_recent_limit: 200,
    channels_read_media_period: 604_800,
    call_receive_timeout_ms: 20_000,
    call_ring_timeout_ms: 90_000,
    call_connect_timeout_ms: 30_000,
    call_packet_timeout_ms: 10_000,
    me_url_prefix: "https://t.me/",
    caption_length_max: 1_024,
    message_length_max: 4_096,
    webfile_dc_id: OTHER_DC,
  };
}
