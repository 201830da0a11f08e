/*
 * MicroeSIM publishes neither codes nor texts (API document, section 1). So an answer to an order is a refusal only
 * where its text is known to say one, in English or Chinese; after every other answer it may have been bought.
 */

/** What an order can be refused for. `account` meets every other order of the account, too. */
export type RefusedFor = 'account' | 'rate' | 'order';

/** Words of one topic, and the words that make a refusal of it when both stand in one clause, in whatever sequence. */
interface Refusal {
	for: RefusedFor;
	topic: string;
	fault: string;
	/** What says it by itself. */
	alone?: string;
}

const WRONG =
	'invalid|wrong|incorrect|illegal|not valid|not correct|错误|錯誤|无效|無效|非法|不合法|不正确|不正確|异常|異常';
const MISSING = 'missing|required|empty|blank|null|不能为空|不能為空|为空|為空|缺少|缺失';
const FAILED = 'fail(?:ed|ure)?|失败|失敗|未通过|未通過';
const LOCKED =
	'disabled|frozen|suspended|blocked|forbidden|denied|not allowed|not permitted|restricted|禁用|停用|冻结|凍結|禁止|限制|受限|未授权|未授權|不允许|不允許';
const UNKNOWN = "no such|unknown|not found|(?:does not|doesn'?t|not|did not) exist|不存在|未找到";

const REFUSALS: Refusal[] = [
	{
		for: 'account',
		topic: 'balance|funds|credits?|余额|餘額|额度|額度',
		fault: 'insufficient|not enough|not sufficient|too low|不足|不够|不夠',
	},
	{
		for: 'account',
		topic: 'sign|signature|time ?stamp|nonce|签名|簽名|验签|驗簽|时间戳|時間戳',
		fault: `${WRONG}|${MISSING}|${FAILED}|mismatch|not match|expired|过期|過期|不匹配`,
		alone: '(?:sign|signature|time ?stamp|nonce) ?error',
	},
	{
		for: 'account',
		topic:
			'accounts?|user|merchant|customer|partner|账号|账户|帐号|帐户|帳號|帳戶|賬號|賬戶|用户|用戶|商户|商戶',
		fault: `${WRONG}|${UNKNOWN}|${LOCKED}`,
	},
	{
		for: 'account',
		topic:
			'permissions?|access|authentication|authorization|权限|權限|鉴权|鑒權|认证|認證|授权|授權',
		fault: `no|without|denied|insufficient|${MISSING}|${FAILED}|不足|没有|沒有|无|無`,
		alone: 'unauthori[sz]ed|forbidden|拒绝访问|拒絕訪問',
	},
	{
		for: 'account',
		topic: 'ip|白名单|白名單',
		fault: `${WRONG}|${LOCKED}|${FAILED}|not (?:in|on)|not (?:whitelisted|allowlisted)|不在|未加入`,
	},
	{
		for: 'rate',
		topic: 'requests?|calls?|frequency|rate|请求|請求|访问|訪問|调用|調用|操作|频率|頻率',
		fault:
			'too many|too frequent(?:ly)?|too often|too fast|limit|exceed(?:s|ed)?|频繁|頻繁|超限|过高|過高|限流',
	},
	{
		for: 'order',
		topic:
			'(?:data ?)?plans?|packages?|products?|goods|channel_dataplan_id|套餐|产品|產品|商品|资费|資費|库存|庫存',
		fault: `${WRONG}|${UNKNOWN}|${MISSING}|not on sale|not for sale|off[ -]?(?:sale|shelf|the shelf)|not available|unavailable|no longer available|sold out|out of stock|discontinued|disabled|expired|removed|下架|停售|售罄|失效|不可用|不可购买|不可購買|不足`,
	},
	{
		for: 'order',
		topic:
			'param(?:eter)?s?|arguments?|fields?|quantity|number|activation[_ ]?date|custom_email|e-?mail|notify_url|remark|参数|參數|字段|欄位|数量|數量|激活时间|激活時間|邮箱|郵箱',
		fault: `${WRONG}|${MISSING}|must|exceed(?:s|ed)?|out of range|too (?:long|large|small|many)|in the past|超限|超出|超过|超過|必须|必須|有误|有誤|${FAILED}`,
		alone: 'param(?:eter)?s? ?error',
	},
];

/**
 * Words of an order that was made, is being made, met a fault of the server, or met one with the same number. No
 * refusal is believed beside them: "Balance deducted, plan not found in cache" is none.
 */
const MAY_BE_BOUGHT =
	/success|succeed|accepted|\b(?:passed|ok|done|completed?|created|placed|booked|bought|purchased|submitted|queued|paid|charged|deducted|received|delivered)\b|process|pending|progress|waiting|time[ -]?(?:d[ -]?)?out|\b(?:system|server|service|internal|database|gateway|network|connection|upstream)\b|unknown error|[a-z]Exception\b|duplicat|repeat|\balready\b|(?<!not |n't |n’t )\bexist(?:s|ed|ing)?\b|成功|处理|處理|进行中|進行中|超时|超時|系统|系統|服务|服務|内部|內部|网络|網絡|重复|重複|(?<!不)存在|提交|受理|扣款|已扣|下单|下單|已购|已購|创建|創建|未知/i;

/** The same number may have been ordered by an earlier try. */
const SAYS_REPEATED =
	/duplicat|repeat|already|(?<!not |n't |n’t )\bexist(?:s|ed|ing)?\b|重复|重複|(?<!不)存在/i;

/** Between topic and fault; a new clause is a new matter. */
const WITHIN_CLAUSE = '(?:[^,;.!?，。；！、]|\\.(?=\\d)){0,40}?';

/** As whole words; Chinese has no spaces, also beside Latin letters. */
const anywhere = (words: string): string => `(?<![a-z](?=[a-z]))(?:${words})(?!(?<=[a-z])[a-z])`;

const PATTERNS = REFUSALS.map(({ for: about, topic, fault, alone }) => {
	const both = [
		anywhere(topic) + WITHIN_CLAUSE + anywhere(fault),
		anywhere(fault) + WITHIN_CLAUSE + anywhere(topic),
		...(alone === undefined ? [] : [anywhere(alone)]),
	];
	return { about, pattern: new RegExp(both.join('|'), 'i') };
});

/**
 * Reads the text of a refusal of an order.
 *
 * @param text MicroeSIM's `msg`
 * @returns what it was refused for, so that nothing was bought; undefined where the text does not say so for certain
 */
export function refusedFor(text: string): RefusedFor | undefined {
	if (MAY_BE_BOUGHT.test(text)) return undefined;
	return PATTERNS.find(({ pattern }) => pattern.test(text))?.about;
}

/** Whether a refusal of an order says that its number was used before: by whom, nobody knows. */
export const saysRepeated = (text: string): boolean => SAYS_REPEATED.test(text);
