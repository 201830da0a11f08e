import type { PushSettings } from '../types';
import { curl } from './curl';
import { httpClient, okHttp, restTemplate } from './java';
import { plain } from './plain';
import type { SenderStyle } from './style';

export type { Header, SenderStyle } from './style';

/** Every client a push may come from. */
export const SENDERS: Record<PushSettings['sender'], SenderStyle> = {
	plain,
	restTemplate,
	httpClient,
	curl,
	okHttp,
};
