import { useMemo } from 'react';
import { isObject, type JsonObject, objectsIn } from '../../../../slack/json-object.js';
import { useInSlack, useParts } from '../../in-slack.js';
import { useSurface } from '../surface.js';
import { wordsOf } from '../text-object.js';
import { chosenOption, optionGroups } from './chosen.js';
import { type MenuOption, type OptionGroup, SelectMenu } from './select-menu.js';
import { type ElementProps, useElement } from './use-element.js';

function asOption(element: JsonObject, option: JsonObject): MenuOption {
  const description = wordsOf(option.description);
  return {
    value: String(option.value),
    words: wordsOf(option.text),
    ...(description === '' ? {} : { description }),
    chosen: chosenOption(element, option),
  };
}

/** What a menu offers that the app does not list itself: people and channels. */
function useKnown(element: JsonObject): OptionGroup[] {
  const type = String(element.type);
  const { user: me } = useInSlack();
  const users = useParts('user');
  const channels = useParts('channel');
  return useMemo(() => {
    const people = users
      .filter((user) => user !== undefined)
      .sort((a, b) => Number(a.isBot) - Number(b.isBot))
      .map(({ id, realName, name }) => ({ value: id, words: `${realName || name}`, chosen: id }));
    const places = channels
      .filter((channel) => channel !== undefined && channel.im === undefined)
      .filter((channel) => type.includes('conversations') || channel?.isPrivate !== true)
      .flatMap((channel) =>
        channel === undefined ? [] : [{ value: channel.id, words: `#${channel.name}`, chosen: channel.id }],
      );
    if (type.includes('users')) return [{ options: people }];
    if (type.includes('channels')) return [{ options: places }];
    const others = people.filter(({ value }) => value !== me);
    return type.includes('conversations') ? [{ options: [...places, ...others] }] : [];
  }, [type, users, channels, me]);
}

/** Every menu of Block Kit: of given options, of people and channels, or of what the app offers while one types. */
export function Select({ element, block, describedBy, id, invalid, label }: ElementProps) {
  const { chosen, choose, busy, dialog } = useElement(element, block);
  const { suggest } = useSurface();
  const known = useKnown(element);
  const type = String(element.type);
  const many = type.startsWith('multi_');
  const given = optionGroups(element).map((group) => ({
    ...(group.label === undefined ? {} : { label: wordsOf(group.label) }),
    options: group.options.map((option) => asOption(element, option)),
  }));
  const groups = type.includes('static') ? given : known;
  const external = type.includes('external');

  const values = Array.isArray(chosen) ? chosen : chosen === undefined || chosen === '' ? [] : [chosen];
  const selected = values.map((each): MenuOption => {
    if (isObject(each)) return asOption(element, each);
    const value = String(each);
    const option = groups.flatMap(({ options }) => options).find((one) => one.value === value);
    return option ?? { value, words: value, chosen: value };
  });

  const initial = isObject(element.initial_option) || objectsIn(element.initial_options).length > 0;
  return (
    <>
      <SelectMenu
        busy={busy}
        clearable={many || (block.optional === true && !initial)}
        describedBy={describedBy}
        groups={groups}
        id={id}
        invalid={invalid === true}
        label={label}
        many={many}
        max={typeof element.max_selected_items === 'number' ? element.max_selected_items : 100}
        onChange={(options) => {
          if (many) choose(options.map((option) => option.chosen));
          else choose(options[0]?.chosen);
        }}
        placeholder={wordsOf(element.placeholder) || 'Select an item'}
        search={
          external
            ? {
                minLength: typeof element.min_query_length === 'number' ? element.min_query_length : 3,
                find: async (typed) =>
                  (await suggest(String(element.action_id), typed)).map((option) =>
                    asOption(element, option),
                  ),
              }
            : undefined
        }
        selected={selected}
      />
      {dialog}
    </>
  );
}
