import { cleanText } from '../answers/text';

/*
 * MicroeSIM publishes neither codes nor texts (API document, section 1). So an answer to an order is a refusal only
 * where its whole text is known to be one, in English or Chinese: "Insufficient balance" is, "Balance too low
 * warning" and "供应商余额不足" (of a supplier) are not. After every other answer the order may have been bought.
 */

/** What an order can be refused for. `account` meets every other order of the account, too. */
export type RefusedFor = 'account' | 'rate' | 'order';

const WRONG = '(?:invalid|wrong|incorrect|illegal|bad|not valid|not correct)';
const MISSING = '(?:missing|required|empty|null|blank)';
const GONE =
	"(?:(?:does|do) not exist|doesn'?t exist|not exists?|not found|not (?:on|for) sale|off[ -](?:sale|shelf|the shelf)|not available|unavailable|no longer available|not supported|sold out|out of stock|discontinued|disabled|expired|removed|offline|invalid)";
const LIMITED =
	'(?:not (?:allowed|permitted|authori[sz]ed|whitelisted|allowlisted)|not (?:in|on) (?:the )?(?:ip )?(?:white|allow) ?list|denied|blocked|forbidden|restricted|invalid|illegal)';
const LOCKED = '(?:disabled|frozen|suspended|blocked|locked|closed|not activated|not active)';
const IS = '(?: is| are| has been| have been| has)?';
const PLAN = '(?:data ?plan|plan|package|product|goods|channel_dataplan_id)(?: id)?';
/** Those that are read before anything is booked; an address that fails may be of the mail or the push behind it. */
const FIELD = '(?:channel_dataplan_id|number|quantity|activation[_ ]date)';
const RULE =
	'(?:be (?:a )?(?:whole|positive)(?: number| integer)?(?: from \\d+ to \\d+)?|be yyyy-MM-dd HH:mm:ss(?: in UTC)?|be within \\d+ days|be (?:greater|less|more) than \\d+|not (?:be empty|be null|exceed \\d+))';
const PARAMETER = '(?:param(?:eter)?s?|arguments?)';
const WHICH = `(?:[:：]? ?"?${FIELD}"?)?`;
const SIGN = '(?:sign|signature|time ?stamp|nonce)';
const ACCOUNT = '(?:account|user|merchant|customer)';

const WRONG_ZH = '(?:错误|錯誤|无效|無效|非法|不合法|不正确|不正確|有误|有誤)';
const FAILED_ZH = '(?:失败|失敗|不通过|不通過|未通过|未通過)';
const EMPTY_ZH = '(?:缺失|为空|為空|不能为空|不能為空|必填)';
const LOCKED_ZH = '(?:(?:已|被)?(?:禁用|停用|冻结|凍結)|未激活|未开通|未開通|未授权|未授權)';
const ACCOUNT_ZH = '(?:账号|账户|帐号|帐户|帳號|帳戶|賬號|賬戶|用户|用戶|商户|商戶)';
const PLAN_ZH = '(?:套餐|产品|產品|商品|资费|資費|流量包)';
const REQUEST_ZH = '(?:请求|請求|访问|訪問|调用|調用|操作)';

/** Whole statements. */
const STATEMENTS: Record<RefusedFor, string[]> = {
	account: [
		`(?:your |the )?(?:account |current |available )?(?:balance|funds|credits?)${IS} (?:insufficient|not enough|not sufficient|too low)(?: to (?:complete|place|pay for) (?:this|the|your) order)?`,
		'(?:insufficient|not enough) (?:account |available )?(?:balance|funds|credits?|money)',
		`(?:您的|你的|当前|當前)?(?:${ACCOUNT_ZH}|钱包|錢包)?(?:可用)?(?:余额|餘額|额度|額度|资金|資金)(?:不足|不够|不夠)`,
		`(?:the )?(?:request )?${SIGN}(?: (?:verification|verify|check|validation))?${IS} ?(?:${WRONG}|${MISSING}|errors?|failed|failure|mismatch|expired|does not match|not match)`,
		`(?:${WRONG}|missing|expired) (?:request )?${SIGN}`,
		`(?:请求|請求)?(?:签名|簽名|验签|驗簽|时间戳|時間戳)(?:验证|驗證|校验|校驗)?(?:${WRONG_ZH}|${FAILED_ZH}|${EMPTY_ZH}|不匹配|不一致|已?过期|已?過期)`,
		`(?:the |this |your )?${ACCOUNT}${IS} (?:${LOCKED}|invalid|not found|(?:does )?not exist|doesn'?t exist)`,
		`(?:invalid|unknown|wrong|no such) ${ACCOUNT}`,
		`(?:该|此|您的)?${ACCOUNT_ZH}(?:不存在|${WRONG_ZH}|${LOCKED_ZH})`,
		'un-?authori[sz]ed|not authori[sz]ed|forbidden|(?:permission|access) denied',
		'(?:no|insufficient) (?:access |api )?permissions?|(?:authentication|authorization) (?:failed|failure|error|required)',
		'(?:没有|沒有|无|無)(?:访问|訪問|操作|接口|调用|調用)?(?:权限|權限)|(?:权限|權限)不足|(?:接口)?未(?:授权|授權)',
		`(?:鉴权|鑒權|认证|認證|授权|授權)(?:${FAILED_ZH}|错误|錯誤)|(?:拒绝|拒絕|禁止)(?:访问|訪問)`,
		`(?:the |your )?(?:request |client )?ip(?: address)?(?: [\\d.:a-f]+)?${IS} ${LIMITED}`,
		'(?:invalid|illegal|unauthori[sz]ed|forbidden) ip(?: address)?',
		`(?:请求|您的)?ip(?:地址)? ?(?:[\\d.:a-f]+ ?)?(?:(?:不在|未加入)(?:ip)?(?:白名单|白名單)(?:中|内|內|里)?|受限|被?限制|被?禁止(?:访问|訪問)?|不允许|不允許|未授权|未授權|${WRONG_ZH})`,
		`非法(?:的)?ip(?:地址)?|ip(?:白名单|白名單)(?:校验|验证|驗證)?(?:${FAILED_ZH}|限制)`,
	],
	rate: [
		'too many (?:requests|calls)|(?:the )?(?:rate|request|frequency|api)(?: rate)? limit(?: is| has been)? (?:exceeded|reached)',
		'(?:the )?(?:requests?|calls?|operation|access|visits?)(?: is| are)? too (?:frequent|frequently|fast|often)|too frequent(?:ly)?(?: requests?)?',
		`(?:您的)?${REQUEST_ZH}(?:过于|過於|太|过|過)?(?:频繁|頻繁)`,
		`${REQUEST_ZH}?(?:频率|頻率|次数|次數)(?:超限|超出限制|过高|過高|受限)|(?:超出|超过|超過)${REQUEST_ZH}?(?:频率|頻率|次数|次數)限制`,
	],
	order: [
		`(?:the |this )?(?:esim )?${PLAN}${IS} ${GONE}`,
		`(?:invalid|unknown|wrong|no such|illegal) ${PLAN}`,
		`(?:该|此|所选)?${PLAN_ZH}(?:id|编号|編號)?(?:不存在|已?下架|未上架|已?失效|不可用|不可购买|不可購買|不可售|已?停售|已停用|已?售罄|已过期|已過期|${WRONG_ZH})`,
		`(?:无此|無此|没有该|沒有該)${PLAN_ZH}|${PLAN_ZH}?(?:库存|庫存)不足`,
		`(?:the )?(?:request )?${PARAMETER}${IS}(?: (?:check|verification|validation))? ?(?:${WRONG}|${MISSING}|errors?|failed)${WHICH}`,
		`(?:${WRONG}|missing|required) (?:request |required )?${PARAMETER}${WHICH}|required ${PARAMETER}${IS} ${MISSING}`,
		`(?:the )?${FIELD}${IS} (?:${WRONG}|${MISSING}|out of range|too (?:long|large|small|short|big)|in the past)`,
		`(?:the )?${FIELD} (?:(?:must|should) ${RULE}|(?:can ?not|may not) be (?:empty|null)|exceeds? (?:the )?(?:limit|maximum|range))`,
		`(?:${WRONG}|missing) ${FIELD}`,
		`(?:请求|請求)?(?:参数|參數|入参)(?:校验|校驗|验证|驗證|格式)?(?:${WRONG_ZH}|${FAILED_ZH}|${EMPTY_ZH}|异常|異常)${WHICH}`,
		`缺少(?:必填|必要|必传)?(?:请求|請求)?(?:参数|參數)${WHICH}`,
		`(?:购买|購買)?(?:数量|數量|激活时间|激活時間|激活日期)(?:格式)?(?:${WRONG_ZH}|${EMPTY_ZH}|超限|超出限制|超出范围|超出範圍|超过限制|超過限制)`,
	],
};

/** What may stand before a statement. */
const BEFORE =
	'(?:(?:error|sorry|(?:order|request) failed|failed to (?:place|create) (?:the )?order|错误|錯誤|失败|失敗|下单失败|下單失敗|订单创建失败|訂單創建失敗|创建订单失败|提交失败)[ :：,，-]+)?';
/** What may stand behind it: nothing that tells of the order. */
const BEHIND =
	'[ ,.;!，。；！]*(?:(?:please )?(?:top up|recharge|try again(?: later)?|retry(?: later)?|contact (?:us|support|customer service|the administrator))|(?:请|請)?(?:先)?(?:充值|稍后再试|稍後再試|稍后重试|重试|重試|联系客服|聯繫客服|联系管理员|检查后重试))?[ .!。！]*';

const PATTERNS = Object.entries(STATEMENTS).map(([about, statements]) => ({
	about: about as RefusedFor,
	pattern: new RegExp(`^${BEFORE}(?:${statements.join('|')})${BEHIND}$`, 'i'),
}));

/** As people and servers write the same text. */
const plain = (text: string): string => cleanText(text).replace(/\s+/g, ' ');

/** Longer ones are none of a known text, and would keep the patterns busy. */
const LONGEST = 200;

/** The same number may have been ordered by an earlier try. */
const SAYS_REPEATED =
	/duplicat|repeat|already|unique|\bused\b|twice|reus|(?<!not |n't |n’t )\bexist(?:s|ed|ing)?\b|重复|重複|唯一|已使用|(?<!不)存在/i;

/** Whether a refusal of an order says that its number was used before: by whom, nobody knows. */
export const saysRepeated = (text: string): boolean => SAYS_REPEATED.test(text);

/**
 * Reads the text of a refusal of an order.
 *
 * @param text MicroeSIM's `msg`
 * @param planId the plan that was ordered: its id may stand in the text, that of an order may not
 * @returns what it was refused for, so that nothing was bought; undefined where the text does not say so for certain
 */
export function refusedFor(text: string, planId?: string): RefusedFor | undefined {
	const said = planId ? text.split(`"${planId}"`).join(' ').split(planId).join(' ') : text;
	if (said.length > LONGEST || /\d{10,}/.test(said) || saysRepeated(said)) return undefined;
	return PATTERNS.find(({ pattern }) => pattern.test(plain(said)))?.about;
}

/** Whether one of the codes and texts that the account's owner has named is exactly this one. */
export const isNamed = (named: string[], ...said: string[]): boolean =>
	named.some((one) => said.some((text) => plain(text).toLowerCase() === plain(one).toLowerCase()));
